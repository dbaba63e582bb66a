"""Where in a TOML text each key stands: what `tomllib` does not tell, and edits and messages need."""

import re
import tomllib
from dataclasses import dataclass

Path = tuple[str | int, ...]
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

    path: Path
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


def spans(text: str) -> list[Span]:
    """All spans of a text that `tomllib` can parse, in the order in which they end."""
    return _Scan(text).found


def line_of(text: str, path: Path) -> int | None:
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
        self.text = text
        self.found: list[Span] = []
        self.tokens = [
            _Token(str(match.lastgroup), match[0], match.start(), match.end())
            for match in _TOKEN.finditer(text)
            if match.lastgroup != "space"
        ]
        self.tokens.append(_Token("end", "", len(text), len(text)))
        self.at = 0
        self._last_of: dict[Path, int] = {}
        self._table: Path = ()
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
        table: Path = ()
        for depth, key in enumerate(keys, 1):
            table += (key,)
            if of_list and depth == len(keys):
                self._last_of[table] = self._last_of.get(table, -1) + 1
            if table in self._last_of:
                table += (self._last_of[table],)
        self.at += 2 if of_list else 1
        self._table = table
        self._note(table, start, start, is_header=True)

    def _pair(self, table: Path) -> None:
        start = self._now.start
        path = table + tuple(self._keys())
        self.at += 1
        value = self._now.start
        self._value(path)
        self._note(path, start, value)

    def _value(self, path: Path) -> None:
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

    def _note(self, path: Path, start: int, value: int, *, is_header: bool = False) -> None:
        line = self.text.count("\n", 0, start) + 1
        self.found.append(Span(path, line, start, value, self.tokens[self.at - 1].end, is_header))
