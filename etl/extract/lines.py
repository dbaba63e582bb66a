"""A calendar file as content lines (RFC 5545 3.1), found in bulk: where each begins and ends, and on which line of the file.

Lines end in CR, LF or CRLF and in nothing else (U+2028, NEL, VT and FF are text). Folds are undone on bytes, because one
may split a character. Nothing is made of a line that nobody asks for: most are descriptions, people and alarms.
"""

import re
from dataclasses import dataclass, field

import numpy as np

from etl.clock import Flags, Ints
from etl.extract import value
from etl.model import Refused

BLOCK = 1 << 19  # bytes: what fits the processor's cache is searched twice as fast
LONGEST_NAME = 4_000
MOST_ALIKE = 20  # kinds of beginnings that are told apart in bulk; files of programs have two or three
FOLD = re.compile(rb"\r?\n[ \t]")
SOFT = re.compile(rb"[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE[;:]", re.IGNORECASE)
CAPITALS = bytes(range(256)).upper()
UPPER = np.uint64(0xDFDFDFDFDFDFDFDF)  # what upper and lower case have in common
MASKS = np.array([(1 << 8 * count) - 1 for count in range(9)], np.uint64)  # masks of the first bytes of eight


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """`data[starts[i]:ends[i]]` is a content line, its folds still in it; `number[i]` the file's line it begins on."""

    data: bytes
    starts: Ints
    ends: Ints
    number: Ints
    folded: Flags  # whether it goes on over more than one line of the file
    words: Ints  # the eight bytes from each byte of the data on
    keys: Ints  # the first eight bytes of each line
    _letters: Ints  # the first of them in upper case
    _by_letter: dict[int, tuple[Ints, Ints]] = field(default_factory=dict)  # lines and keys with it, once asked for

    def text(self, at: Ints, after: int = 0) -> list[bytes]:
        """The content lines at these places, without their first bytes."""
        starts, ends = (self.starts[at] + after).tolist(), self.ends[at].tolist()
        found = [self.data[start:end] for start, end in zip(starts, ends, strict=True)]
        for place in np.flatnonzero(self.folded[at]).tolist():
            found[place] = FOLD.sub(b"", found[place])
        return found

    def plain(self, at: Ints, after: int) -> Flags:
        """Which of these lines, whose names have `after` bytes, hold nothing but a name, a colon and a value on one line."""
        starts = self.starts[at] + after
        bare = (self.words[starts] & 0xFF == ord(":")) & (self.words[starts + 1] & 0xFF > 32)
        found: Flags = bare & (self.words[self.ends[at] - 1] & 0xFF > 32) & ~self.folded[at]
        return found

    def any_with(self, at: Ints, said: bytes) -> bool:
        """Whether any of these lines has this in it (upper case, in any case), white space, folds and quotation marks aside."""
        raw = [self.data[start:end] for start, end in zip(self.starts[at].tolist(), self.ends[at].tolist(), strict=True)]
        return said in b"\n".join(raw).translate(CAPITALS, b'\r\n\t "')

    def holds(self, at: Ints, after: int, said: bytes) -> Flags:
        """Whether the value of each of these lines, whose names have `after` bytes, is this one (upper case) in any case."""
        starts = self.starts[at] + after + 1
        mask = MASKS[min(len(said), 8)] & UPPER
        same: Flags = ((self.words[starts] & mask) == (_word(said[:8]) & mask)) & (self.ends[at] - starts == len(said))
        check = np.flatnonzero(~self.plain(at, after) | (same & (len(said) > 8)))
        same[check] = [text.rpartition(b":")[2].strip().upper() == said for text in self.text(at[check])]
        return same

    def moments(self, at: Ints) -> tuple[Ints, Ints, Ints]:
        """The times that these lines hold, as `value.moments_in`, and where the head before the colon of each ends; the form
        of what has another shape is -1."""
        last = self.ends[at]
        last = last - (self.words[last - 1] & 0xFF == ord("Z"))
        begins = last - np.where(self.words[last - 7] & 0xFF == ord("T"), 15, 8)
        clock = self.words[begins + 8] & MASKS[np.clip(self.ends[at] - begins - 8, 0, 8)]
        walls, forms = value.moments_in(self.words[begins], clock)
        shaped = (self.words[begins - 1] & 0xFF == ord(":")) & (begins > self.starts[at]) & ~self.folded[at]
        return walls, np.where(shaped, forms, -1), begins - 1

    def alike(self, at: Ints, stops: Ints) -> Ints:
        """Numbers for the beginnings of these lines, up to `stops`: equal ones have one number, the place of the first."""
        starts, length = self.starts[at], stops - self.starts[at]
        number = np.full(len(at), -1)
        for _ in range(MOST_ALIKE):
            if not (left := np.flatnonzero(number < 0)).size:
                return number
            first = left[0]
            if length[first] > value.LONGEST_HEAD:
                break
            same = left[length[left] == length[first]]
            for more in range(0, int(length[first]), 8):
                mask = MASKS[min(int(length[first]) - more, 8)]
                same = same[(self.words[starts[same] + more] & mask) == (self.words[starts[first] + more] & mask)]
            number[same] = first
        heads: dict[bytes, int] = {}
        for place in np.flatnonzero(number < 0).tolist():
            number[place] = heads.setdefault(self.data[starts[place] : stops[place]], place)
        return number

    def named(self, name: bytes) -> Ints:
        """The places of the lines of that name (given in upper case, written in any)."""
        letter = name[0] & 0xDF
        if letter not in self._by_letter:
            places = np.flatnonzero(self._letters == letter)
            self._by_letter[letter] = places, self.keys[places]
        found, keys = self._by_letter[letter]
        mask = MASKS[min(len(name), 8)] & UPPER
        same = (keys & mask) == (_word(name[:8]) & mask)
        found, after = found[same], keys[same] >> np.uint64(8 * min(len(name), 7))
        for at in range(8, len(name), 8):
            part = name[at : at + 8]
            mask = MASKS[len(part)] & UPPER
            found = found[(self.words[self.starts[found] + at] & mask) == (_word(part) & mask)]
        if len(name) > 7:
            after = self.words[self.starts[found] + len(name)]
        after = after & 0xFF
        kept: Ints = found[(after == ord(":")) | (after == ord(";"))]
        return kept

    def without_name(self) -> Ints:
        """The places of the lines that hold neither a colon nor a semicolon: no property at all."""
        colon, semicolon = (_has_byte(self.keys, ord(mark)) for mark in ":;")
        left, without = np.flatnonzero(~(colon | semicolon) | (self.ends - self.starts < 8)), []
        for at in range(0, LONGEST_NAME + 8, 8):
            length = self.ends[left] - self.starts[left] - at
            without.append(left[length <= 0])
            left, length = left[length > 0], length[length > 0]
            word = self.words[self.starts[left] + at] & MASKS[np.minimum(length, 8)]
            left = left[~(_has_byte(word, ord(":")) | _has_byte(word, ord(";")))]
            if not len(left):
                break
        return np.sort(np.concatenate([*without, left]))


def _has_byte(words: Ints, byte: int) -> Flags:
    """Which words hold a byte: the lowest one that is alike becomes 0, and only a 0 borrows into its own top bit."""
    apart = words ^ np.uint64(0x0101010101010101 * byte)
    found: Flags = ((apart - np.uint64(0x0101010101010101)) & ~apart & np.uint64(0x8080808080808080)) != 0
    return found


def _word(text: bytes) -> np.uint64:
    return np.uint64(int.from_bytes(text, "little"))


def read_lines(data: bytes, file_name: str) -> Lines:
    """The content lines of a file. Raises Refused for one that is damaged."""
    if b"\0" * 16 in data:
        what = "a part of the file holds nothing but zero bytes"
        raise Refused(file_name, what, "It was damaged on its way: export the calendar again and load the new file")
    buffer = np.frombuffer(data, np.uint8)
    blocks = [(at, buffer[at : at + BLOCK]) for at in range(0, len(buffer), BLOCK)]
    breaks = np.concatenate([np.flatnonzero(block == 10) + at for at, block in blocks])
    if not len(breaks) or breaks[-1] != len(data) - 1:
        breaks = np.append(breaks, len(data))
    starts = np.concatenate([[0], breaks[:-1] + 1])
    stops = breaks - (buffer[breaks - 1] == 13)
    begins = buffer[np.minimum(starts, len(data) - 1)]
    folds = ((begins == 32) | (begins == 9)) & (stops > starts)
    bare = sum(np.count_nonzero(block == 13) for _, block in blocks) != np.count_nonzero(stops < breaks)
    if bare or _is_odd(data, starts, stops, folds):
        return _one_by_one(data)
    first = np.flatnonzero(~folds)
    last = np.append(first[1:], len(folds)) - 1
    return _lines(data, starts[first], stops[last], first + 1, last > first)


def _is_odd(data: bytes, starts: Ints, stops: Ints, folds: Flags) -> bool:
    """Whether folds come after an empty line or within a name, or lines go on without a fold (vCalendar 1.0)."""
    if folds[0] or (folds[1:] & (stops <= starts)[:-1]).any():
        return True
    short = np.flatnonzero(folds[1:] & ~folds[:-1] & (stops - starts < 40)[:-1])  # programs fold at 75 bytes
    soft = np.flatnonzero(np.frombuffer(data, np.uint8)[stops - 1] == ord("="))
    lines = [data[starts[at] : stops[at]] for at in short.tolist()]
    return any(b":" not in line and b";" not in line for line in lines) or any(
        SOFT.match(data, starts[at], stops[at]) for at in soft.tolist()
    )


def _one_by_one(data: bytes) -> Lines:
    """The same for odd files, a line at a time."""
    whole: list[list[bytes]] = []
    numbers: list[int] = []
    quoted = False  # whether the line at hand is quoted-printable, and so goes on after an equals sign
    for number, line in enumerate(data.splitlines(), 1):  # on bytes: CR, LF and CRLF only
        if quoted and whole[-1][-1].endswith(b"="):
            whole[-1][-1] = whole[-1][-1][:-1]
            whole[-1].append(line)
        elif line[:1] in (b" ", b"\t") and whole:
            whole[-1].append(line[1:])
        elif line:
            whole.append([line])
            numbers.append(number)
            quoted = SOFT.match(line) is not None
    joined = [b"".join(parts) for parts in whole]
    sizes = np.array([len(line) for line in joined], np.int64)
    ends = np.cumsum(sizes + 1) - 1
    return _lines(b"\n".join(joined), ends - sizes, ends, np.array(numbers, np.int64), np.zeros(len(ends), bool))


def _lines(data: bytes, starts: Ints, ends: Ints, number: Ints, folded: Flags) -> Lines:
    if not (kept := ends > starts).all():
        starts, ends, number, folded = starts[kept], ends[kept], number[kept], folded[kept]
    padded = data + bytes(64)  # names are compared eight bytes at a time, the last ones too
    words = np.ndarray((len(data) + 56,), "<u8", padded, strides=(1,))
    keys = words[starts]
    return Lines(data, starts, ends, number, folded, words, keys, keys.astype(np.uint8) & 0xDF)
