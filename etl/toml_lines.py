"""TOML read with plain words for its mistakes, and the lines of keys: `tomllib` tells neither."""

import contextlib
import re
import tomllib
from typing import Any

from etl.model import Refused

KeyPath = tuple[str | int, ...]
"""Keys and, within lists, positions from 0: `("rule", 1, "title")` is the title of the second [[rule]]."""

_ENDINGS = ("", "\n]", '\n"""', "\n'''", '\n"""]', "\n''']")
"""What closes a value that goes on in the next line."""

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
    (("Unclosed",), "a list or a brace is not closed, or lacks a comma", "Put commas between its entries and ] or } at its end"),
    (
        ("Cannot", "Duplicate"),
        "this key or section is there twice",
        "Take one of the two out; only [[location]], [[calendar]], [[rule]] and [[csv]] may come again",
    ),
    (("Expected '='",), "there is no = behind the key", "Write the line as key = value"),
    (
        ("",),
        "this line cannot be read",
        'Write it as a heading like [practice] or as key = value, with text in quotes, as in name = "North"',
    ),
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
        line = int(where[1]) if where else text.count("\n") + 1
        if not where or said.startswith("Unclosed"):  # noticed only further down than where it begins
            lines = text.split("\n")
            line = next(nth for nth in range(line, 0, -1) if _read("\n".join(lines[: nth - 1])) is not None)
        raise Refused(file_name, what, mend, line) from None


def line_of(text: str, path: KeyPath) -> int | None:
    """The line where a path begins, or else the nearest table around it; `text` is valid.

    It is the last of the fewest first lines that hold the path when they are read alone.
    """
    lines = text.split("\n")
    for length in range(len(path), 0, -1):
        low, high = 0, len(lines) + 1  # the first `low` lines do not hold it; the first `high` do, or all do not
        while high - low > 1:
            nth = (low + high) // 2
            while nth > low and (data := _read("\n".join(lines[:nth]), *_ENDINGS)) is None:
                nth -= 1  # in the midst of a value
            if nth > low and _holds(data, path[:length]):
                high = nth
            else:
                low = max(nth, (low + high) // 2)
        if high <= len(lines):
            return high
    return None


def _read(text: str, *endings: str) -> dict[str, Any] | None:
    """What TOML makes of a text with the first of these endings with which it can be read; None if with none."""
    for ending in endings or ("",):
        with contextlib.suppress(ValueError, RecursionError):
            return tomllib.loads(text + ending)
    return None


def _holds(data: Any, path: KeyPath) -> bool:
    try:
        for key in path:
            data = data[key]
    except (LookupError, TypeError):
        return False
    return True
