"""A practice.toml as a document to edit (`tomlkit`): remarks stay with what they stand beside or above."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit import TOMLDocument, items

from etl.model import Refused
from etl.practice import FILE_NAME, Practice, parse


def document(practice: Practice) -> TOMLDocument:
    """The document of a practice's text."""
    return tomlkit.parse(practice.text.replace("\r\n", "\n").rstrip("\n") + "\n")


def finished(edited: TOMLDocument, before: Practice) -> str:
    """The text as it goes into the file, or `Refused`: what the reader would not take is never written."""
    text = tomlkit.dumps(edited).strip("\n") + "\n"
    try:
        text.encode()
        parse(text)
    except UnicodeEncodeError:
        raise Refused(FILE_NAME, "a text holds a sign that no file can hold", "Type it anew") from None
    except Refused as refused:  # its line would be one of a text that nobody has seen
        raise Refused(FILE_NAME, refused.what, refused.mend) from None
    return text.replace("\n", "\r\n") if "\r\n" in before.text else text


def set_values(table: Any, values: Mapping[str, Any]) -> None:
    """Let a table say this; None takes a key out.

    What says so already keeps its form; the remarks beside a key that goes, or within a list that changes, stand below.
    """
    below = _cut(table)
    for key, value in values.items():
        now = table.get(key)
        if value == now or (value == [] and now is None):
            continue
        remarks = _remarks(now)
        if value is None:
            remarks.append(now.trivia.comment)
            del table[key]
        else:
            literal = isinstance(value, str) and "\\" in value and not re.search(r"['\x00-\x1f\x7f]", value)
            table[key] = tomlkit.string(value, literal=True) if literal else value
        below = "".join(f"{remark}\n" for remark in remarks if remark) + below
    if below and isinstance(table, items.Table):  # braces hold no remarks
        table.value.body.append((None, items.Whitespace(below)))


def _remarks(value: object) -> list[str]:
    found = value._iter_items() if isinstance(value, items.Array) else ()  # no public way leads to them
    return [item.trivia.comment for item in found if isinstance(item, items.Comment)]


def _cut(table: Any) -> str:
    """Cut off, and return, what stands below the last key of a table."""
    if not isinstance(table, items.Table):
        return ""
    body = table.value.body
    end = max((at for at, (key, _) in enumerate(body, 1) if key), default=0)
    below = "".join(item.as_string() for _, item in body[end:])
    del body[end:]
    return below


def tables(edited: TOMLDocument, section: str) -> tuple[list[items.Table], list[str]]:
    """The tables of a [[section]]; what stands above each, cut off, and what stands below the last."""
    found = edited.get(section)
    if not isinstance(found, items.AoT):  # none, or a list in braces
        edited.pop(section, None)
        tables = [items.item(values.unwrap()) for values in found or ()]
        return tables, [""] * len(tables) + ["".join(f"{remark}\n" for remark in _remarks(found))]
    at = next(at for at, (_, item) in enumerate(edited.body) if item is found)
    before: Any = edited.body[at - 1][1] if at else None
    before = before[-1] if isinstance(before, items.AoT) else before
    apart, above = re.findall(r"(?s)(.*?)((?:(?<![^\n])[ \t]*#[^\n]*\n)*)\Z", _cut(before))[0]
    if apart:
        before.value.body.append((None, items.Whitespace(apart)))
    return list(found), [above, *(_cut(table) for table in found)]


def put(edited: TOMLDocument, section: str, old: Sequence[Any], above: Sequence[str], new: Sequence[Any]) -> None:
    """Let a [[section]] be the new tables, each below its remarks; those of tables that go stand below the last."""
    remarks = {id(table): text for table, text in zip(old, above, strict=False)}
    found = edited.get(section, tomlkit.aot())
    found.clear()
    for table in new:
        own = remarks.pop(id(table), "").lstrip("\n")
        table.trivia.indent = ("\n" if found else "") + own + table.trivia.indent
        found.append(table)
    if not new:
        edited.pop(section, None)
    elif section not in edited:
        edited[section] = found
    below = "".join(text for text in remarks.values() if text.strip()) + above[-1]
    (new[-1].value if new else edited).body.append((None, items.Whitespace(below)))
