"""The stretches of a calendar file between BEGIN and END (RFC 5545 3.4, 3.6): what each is and what it lies in."""

from dataclasses import dataclass

import numpy as np

from etl.clock import Flags, Ints
from etl.extract.lines import MASKS, UPPER, Lines
from etl.model import Refused

AGAIN = "Export the calendar again and load the new file"
DEEPEST = 50


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """One place a part, in the order of the file. `begins`, `ends`: places of its two lines. `inside`: the part it lies
    in, -1 for none. `kind`: see `is_a`. `of_line`: the innermost part of each line of the file, -1 for none."""

    begins: Ints
    ends: Ints
    inside: Ints
    kind: Ints
    length: Ints
    of_line: Ints

    def is_a(self, kind: bytes) -> Flags:
        """Which parts are of a kind, such as VEVENT."""
        found: Flags = (self.kind == _code(kind)) & (self.length == len(kind))
        return found


def read_parts(lines: Lines, file_name: str) -> Parts:
    """The parts of a file. Raises Refused where it is cut short or where its BEGIN and END do not match."""
    begins, ends = lines.named(b"BEGIN"), lines.named(b"END")
    edges = np.concatenate([begins, ends])
    order = np.argsort(edges, kind="stable")
    edges, opens = edges[order], (order < len(begins))
    kind, length = _values(lines, edges, np.where(opens, 6, 4))
    depth = np.cumsum(np.where(opens, 1, -1))
    level = depth + ~opens
    if len(level) and level.max() > DEEPEST:
        raise Refused(file_name, f"more than {DEEPEST} things lie in one another", AGAIN)
    pairs = np.argsort(level.clip(-1, DEEPEST + 1).astype(np.int8), kind="stable")  # on each level a BEGIN before its END
    first, second = pairs[0::2], pairs[1::2]
    if (
        len(edges) == 0
        or depth.min() < 0
        or depth[-1]
        or ((kind[first] != kind[second]) | (length[first] != length[second])).any()
    ):
        raise _mismatch(lines, edges, opens, kind, length, file_name)
    part = np.cumsum(opens) - 1  # the number of the part that a BEGIN begins
    held_by = np.full(len(edges), -1)
    for deeper in range(2, level.max() + 1):
        outer, inner = (np.flatnonzero(opens & (level == at)) for at in (deeper - 1, deeper))
        held_by[inner] = part[outer[np.searchsorted(outer, inner) - 1]]
    closes = np.empty(len(edges), np.int64)
    closes[first], closes[second] = second, first
    following = np.diff(edges, append=len(lines.starts))  # the lines from each BEGIN or END to the next lie in one part
    of_line = np.concatenate([np.full(edges[0], -1), np.repeat(np.where(opens, part, held_by[closes]), following)])
    starts = np.flatnonzero(opens)
    return Parts(edges[starts], edges[closes[starts]], held_by[starts], kind[starts], length[starts], of_line)


def _code(kind: bytes) -> np.uint64:
    return np.uint64(int.from_bytes(kind[:8], "little")) & UPPER


def _values(lines: Lines, at: Ints, after: Ints) -> tuple[Ints, Ints]:
    """The values of BEGIN and END lines: their first eight bytes in upper case, and their lengths."""
    starts = lines.starts[at] + after
    length = lines.ends[at] - starts
    kind = lines.words[starts] & UPPER & MASKS[np.clip(length, 0, 8)]
    blank = (lines.words[starts] & 0xFF <= 32) | (lines.words[lines.ends[at] - 1] & 0xFF <= 32)
    odd = blank | lines.folded[at] | (lines.words[starts - 1] & 0xFF != ord(":"))
    for place in np.flatnonzero(odd).tolist():
        value = lines.text(at[place : place + 1])[0].partition(b":")[2].strip()
        kind[place], length[place] = _code(value), len(value)
    return kind, length


def _mismatch(lines: Lines, edges: Ints, opens: Flags, kind: Ints, length: Ints, file_name: str) -> Refused:
    """What is wrong with the first BEGIN or END that has no other half."""
    stack: list[int] = []
    for edge in range(len(edges)):
        if opens[edge]:
            stack.append(edge)
        elif stack and (kind[stack[-1]], length[stack[-1]]) == (kind[edge], length[edge]):
            stack.pop()
        elif not stack:
            return Refused(file_name, "something ends here that never began", AGAIN, int(lines.number[edges[edge]]))
        elif lines.ends[edges[edge]] != len(lines.data):  # else the last line itself is cut short
            began = int(lines.number[edges[stack[-1]]])
            return Refused(
                file_name, f"what began on line {began} has no end before this line", AGAIN, int(lines.number[edges[edge]])
            )
    within = any(kind[edge] != _code(b"VCALENDAR") for edge in stack)
    what = "the file ends inside an event" if within else "the file ends before its calendar does"
    return Refused(file_name, what, "It was cut short: " + AGAIN[0].lower() + AGAIN[1:], int(lines.number[-1]))
