"""Edits of a TOML text in place: what is not changed keeps its form, its order and its remarks.

Only the stretches that say something else than before are written anew. (Libraries that write TOML move a
[[table]] that stands apart from others of its name, and with it what is remarked between them.)
Texts here are valid, with "\\n" as line end and one at their end.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.toml_lines import KeyPath, Span, spans, tables

Value = str | float | Sequence[str] | None
"""What a key says; None takes the key out."""


@dataclass(frozen=True, slots=True)
class Block:
    """One [[table]] of a text, up to the end of the line of its last key; `text` is valid TOML by itself.

    `start` is the offset of the remarks right above its heading, `heading` that of the heading.
    """

    start: int
    heading: int
    end: int
    text: str


def literal(value: Value) -> str:
    """A value as TOML."""
    if isinstance(value, str):
        if "\\" in value and re.fullmatch(r"[^'\x00-\x1f\x7f]*", value):
            return f"'{value}'"  # a regular expression stays readable
        return json.dumps(value, ensure_ascii=False).replace("\x7f", r"\u007f")
    if isinstance(value, int | float):
        return repr(float(value)).removesuffix(".0")
    return f"[{', '.join(literal(item) for item in value or ())}]"


def table(heading: str, values: Mapping[str, Value]) -> str:
    """A new table, without a line end behind it."""
    lines = [f"{key} = {literal(value)}" for key, value in values.items() if value is not None and value != []]
    return "\n".join([heading, *lines])


def with_headings(text: str) -> str:
    """The text with sections that stand in braces, in brackets or in dotted keys written with headings, at its end."""
    data, found = tables(text, ""), spans(text)
    first = min((span.start for span in found if span.is_header), default=len(text))
    pairs = [span for span in found if span.start < first]
    outer = [span for span in pairs if not any(other.start <= span.start and span.end < other.end for other in pairs)]
    added = []
    for section in dict.fromkeys(str(span.path[0]) for span in outer):
        content = data[section]
        heading, each = (f"[[{section}]]", content) if isinstance(content, list) else (f"[{section}]", [content])
        added += ["\n" + table(heading, values) + "\n" for values in each]
    for span in sorted(outer, key=lambda span: -span.start):
        text = text[: span.start] + text[span.end :]
    return text + "".join(added)


def with_section(text: str, section: str, values: Mapping[str, Value]) -> str:
    """The text with these keys of a [section] set; a section that is not there is added at the end."""
    if any(span.path == (section,) for span in spans(text)):
        return with_values(text, (section,), values)
    return text + ("\n" if text else "") + table(f"[{section}]", values) + "\n"


def with_values(text: str, path: KeyPath, values: Mapping[str, Value]) -> str:
    """The text with these keys of the table at `path` set; nothing is touched where it says so already."""
    for key, value in values.items():
        text = _with_value(text, path, key, value)
    return text


def _with_value(text: str, path: KeyPath, key: str, value: Value) -> str:
    found = spans(text)
    span = next((span for span in found if span.path == (*path, key)), None)
    if span and value is None:
        end = line_end(text, span.end)
        remark = text[span.end : end].strip()
        start = text.rfind("\n", 0, span.start) + 1
        return text[:start] + (remark + text[end:] if remark else text[end + 1 :])
    if span:
        now = tables(f"value = {text[span.value : span.end]}", "")["value"]
        if now == value:
            return text
        several_lines = isinstance(now, list) and "\n" in text[span.value : span.end]
        new = _lines(text, span, found, now, value) if several_lines else literal(value)
        return text[: span.value] + new + text[span.end :]
    if value is None or value == []:
        return text
    end = line_end(text, max(span.end for span in found if span.path[: len(path)] == path))
    return f"{text[:end]}\n{key} = {literal(value)}{text[end:]}"


def _lines(text: str, whole: Span, found: Sequence[Span], now: Sequence[str], value: Value) -> str:
    """A list that stood on several lines, on several lines, with its remarks, but for those beside what goes."""
    items = [span for span in found if len(span.path) == len(whole.path) + 1 and span.path[:-1] == whole.path]
    ends = [*(span.start for span in items[1:]), whole.end - 1]
    lines = re.findall(r"#.*", text[whole.value : items[0].start if items else whole.end])
    wanted = list(value) if isinstance(value, Sequence) else []
    said = {}
    for item, end, word in zip(items, ends, now, strict=True):
        beside, _, below = text[item.end : end].partition("\n")
        remark = beside[beside.find("#") :] if "#" in beside else ""
        said[word] = [f"{text[item.start : item.end]},  {remark}".rstrip(), *re.findall(r"#.*", below)]
        lines += said[word][1:] if word not in wanted else []
    for word in wanted:
        lines += said.get(word, [f"{literal(word)},"])
    return "\n".join(["[", *(f"    {line}" for line in lines), "]"])


def line_end(text: str, at: int) -> int:
    """The offset of the next line end."""
    return end if (end := text.find("\n", at)) >= 0 else len(text)


def blocks(text: str, section: str) -> list[Block]:
    """The tables of a [[section]], in the order of the text."""
    found, blocks = spans(text), []
    last: dict[KeyPath, int] = {}
    for span in found:
        last[span.path[:2]] = max(span.end, last.get(span.path[:2], 0))
    for header in (span for span in found if span.is_header and span.path[0] == section):
        heading = text.rfind("\n", 0, header.start) + 1
        start, end = heading, line_end(text, last[header.path])
        while start:
            above = text.rfind("\n", 0, start - 1) + 1
            if not text[above:start].lstrip().startswith("#"):
                break
            start = above
        blocks.append(Block(start, heading, end, text[start:end]))
    return blocks


def replaced(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    """The text with each stretch (start, end, new text) replaced; a stretch taken out leaves no second empty line."""
    for start, end, new in sorted(edits, reverse=True):
        if not new:
            end += text[end : end + 1] == "\n"
            end += text[end : end + 1] == "\n" and text[:start][-2:] in ("", "\n\n")
        text = text[:start] + new + text[end:]
    return text.rstrip("\n") + "\n" if edits and text.endswith("\n\n") else text
