"""TOML read with plain words for its mistakes, and where in the text each key stands: `tomllib` tells neither."""

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from etl.model import Refused

KeyPath = tuple[str | int, ...]
"""Keys and, within lists, positions from 0: `("rule", 1, "title")` is the title of the second [[rule]]."""

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r]+|\#[^\n]*)
    |(?P<newline>\n)
    |(?P<text>\"{3}(?:\\.|[^\\])*?\"{3,5} | '{3}.*?'{3,5} | "(?:\\.|[^"\\\n])*" | '[^'\n]*')
    |(?P<mark>[\[\]{}=,.])
    |(?P<bare>[^\s\[\]{}=,.\#"']+)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Span:
    """A header, a key with its value, or an item of a list.

    `start`, `value` and `end` are offsets into the text: of the key (or the header, or the item), of its value,
    and behind it. `line` counts from 1. `is_header` marks `[table]` and `[[table]]`.
    """

    path: KeyPath
    line: int
    start: int
    value: int
    end: int
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


_COMPLAINTS = (
    (
        ("Unescaped", "Invalid hex", "Escaped character"),
        "a backslash stands in a text in double quotes",
        r"Put the text in single quotes, as in title = '\bstaff\b'",
    ),
    (
        ("Illegal character", "Found invalid", "Unterminated string", "Expected \"'"),
        "a text is not closed, or holds a sign that is not allowed",
        "Put the same quotation mark at both ends of the text",
    ),
    (("Unclosed array",), "a list is not closed, or lacks a comma", "Put commas between its entries and ] behind the last"),
    (("Unclosed inline",), "braces are not closed, or lack a comma", "Put commas between the entries and } behind the last"),
    (("Expected ']",), "a heading is not closed", "Write it as [practice] or [[location]]"),
    (("Cannot overwrite", "Duplicate inline"), "this key is there twice", "Take one of the two out"),
    (
        ("Cannot declare", "Cannot mutate"),
        "this section is there twice",
        "Put the lines of both below one heading; only [[location]], [[calendar]] and [[rule]] may come again",
    ),
    (("Expected '='",), "there is no = behind the key", "Write the line as key = value"),
    (
        ("Expected newline",),
        "something follows behind the value",
        "Give each key a line of its own, and put text in quotes",
    ),
    (("Invalid value",), "the value cannot be read", 'Put text in quotes, as in name = "North"'),
    (
        ("Invalid statement", "Invalid initial"),
        "this line is neither a heading nor a key with its value nor a remark",
        "Write it as key = value, or put # before it",
    ),
    (("",), "this line cannot be read", "Write it as key = value, with text in quotes"),
)
"""How what `tomllib` says begins, and what is wrong and what to do; what it says itself may quote the file."""


def tables(text: str, file_name: str) -> dict[str, Any]:
    """What TOML makes of the text, or `Refused` with the line."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise Refused(file_name, "lists stand within lists too deep to read", "Take the innermost out") from None
    except ValueError as error:  # tomllib's own error is one; so is that of a number of thousands of digits
        said = str(error)
        what, mend = next((what, mend) for starts, what, mend in _COMPLAINTS if said.startswith(starts))
        where = re.search(r"\(at line (\d+), column \d+\)$", said)
        line = int(where[1]) if where else text.rstrip("\n").count("\n") + 1
        if not where or said.startswith("Unclosed"):  # noticed only further down
            line = _line_left_open(text) or line
        raise Refused(file_name, what, mend, line) from None


def _line_left_open(text: str) -> int | None:
    """The line of the first quotation mark without its other half, else of the innermost such bracket."""
    behind, opened = 0, []
    for match in _TOKEN.finditer(text):
        if text[behind : match.start()].strip():
            break
        behind = match.end()
        if match[0] in "[{":
            opened.append(match.start())
        elif match[0] in "]}" and opened:
            opened.pop()
    if behind < len(text.rstrip()):
        opened.append(behind)
    return text.count("\n", 0, opened[-1]) + 1 if opened else None


@lru_cache(maxsize=2)  # edits ask again and again about a text that most of them leave as it is
def spans(text: str) -> tuple[Span, ...]:
    """All spans of a text that `tomllib` can parse, in the order in which they end."""
    return tuple(_Scan(text).found)


def line_of(text: str, path: KeyPath) -> int | None:
    """The line of a path, or of the nearest table around it that the text states."""
    found = sorted(spans(text), key=lambda span: span.start)
    for length in range(len(path), 0, -1):
        for span in found:
            if span.path[:length] == path[:length]:
                return span.line
    return None


class _Scan:
    """One walk over the tokens of a text (TOML 1.0; the text is known to be valid)."""

    def __init__(self, text: str) -> None:
        self._line_ends = [match.start() for match in re.finditer("\n", text)]
        self.found: list[Span] = []
        self.tokens = [
            _Token(str(match.lastgroup), match[0], match.start(), match.end())
            for match in _TOKEN.finditer(text)
            if match.lastgroup != "space"
        ]
        self.tokens.append(_Token("end", "", len(text), len(text)))
        self.at = 0
        self._last_of: dict[KeyPath, int] = {}
        self._table: KeyPath = ()
        while self._now.kind != "end":
            if self._now.kind == "newline":
                self.at += 1
            elif self._now.text == "[":
                self._header()
            else:
                self._pair(self._table)

    @property
    def _now(self) -> _Token:
        return self.tokens[self.at]

    def _keys(self) -> list[str]:
        """A bare, quoted or dotted key; moves behind it."""
        parts = []
        while True:
            token = self._now
            parts.append(str(tomllib.loads(f"key = {token.text}")["key"]) if token.kind == "text" else token.text)
            self.at += 1
            if self._now.text != ".":
                return parts
            self.at += 1

    def _header(self) -> None:
        start = self._now.start
        of_list = self.tokens[self.at + 1].text == "["
        self.at += 2 if of_list else 1
        keys = self._keys()
        table: KeyPath = ()
        for depth, key in enumerate(keys, 1):
            table += (key,)
            if of_list and depth == len(keys):
                self._last_of[table] = self._last_of.get(table, -1) + 1
            if table in self._last_of:
                table += (self._last_of[table],)
        self.at += 2 if of_list else 1
        self._table = table
        self._note(table, start, start, is_header=True)

    def _pair(self, table: KeyPath) -> None:
        start = self._now.start
        path = table + tuple(self._keys())
        self.at += 1
        value = self._now.start
        self._value(path)
        self._note(path, start, value)

    def _value(self, path: KeyPath) -> None:
        if self._now.text == "[":
            self.at += 1
            count = 0
            while not self._closed("]"):
                start = self._now.start
                self._value((*path, count))
                self._note((*path, count), start, start)
                count += 1
        elif self._now.text == "{":
            self.at += 1
            while not self._closed("}"):
                self._pair(path)
        elif self._now.kind == "text":
            self.at += 1
        else:
            while self._now.kind == "bare" or self._now.text == ".":
                self.at += 1

    def _closed(self, bracket: str) -> bool:
        """Move over line ends and commas; true, and behind it, at the closing bracket."""
        while self._now.kind == "newline" or self._now.text == ",":
            self.at += 1
        if self._now.text == bracket:
            self.at += 1
            return True
        return False

    def _note(self, path: KeyPath, start: int, value: int, *, is_header: bool = False) -> None:
        line = bisect_right(self._line_ends, start - 1) + 1
        self.found.append(Span(path, line, start, value, self.tokens[self.at - 1].end, is_header))
