"""The built-in word list, data/rules.toml: role and activity of a title by the words in it, and the help that goes with them."""

import functools
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl import practice_checks as check
from etl.model import Refused
from etl.toml_lines import KeyPath, line_of, tables

RULES_FILE = Path(__file__).parents[2] / "data" / "rules.toml"
VERSION = 1
"""The newest form of the file that is known here."""

_ROLES = ("leadership", "management", "unclassified", "clinical", "personal")
"""In this order groups decide between phrases of as many words."""

_OVERRULED_BY = {"clinical": ("leadership", "management", "unclassified"), "management": ("leadership",)}
"""What a phrase of some role gives way to when that stands beside it."""

_LOOK = 3
"""So many letters of a word say which phrases may begin there."""
_WORD = re.compile(r"\w+")
_PASSED_OVER = {ord("'"): None, ord("’"): None, ord("‐"): "-", ord("‑"): "-"}


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Words that mean one activity of one role, and why."""

    role: str
    activity: str
    why: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Help:
    """What owners ask about the roles, and the answer, in plain sentences."""

    question: str
    answer: str


class WordList:
    """Finds the group whose words a text holds: the phrase of most words wins, then the earlier group.

    A clinical phrase gives way to words of leadership, management or doubt that stand beside it, and one of management
    to words of leadership: "New patients: marketing" is marketing.
    """

    def __init__(self, groups: tuple[WordGroup, ...], helps: tuple[Help, ...] = ()) -> None:
        self.groups, self.helps = groups, helps
        by_length: dict[int, list[tuple[str, str, WordGroup]]] = {}
        for group in groups:
            for word in group.words:
                parts = _parts(word)
                by_length.setdefault(len(parts), []).append((parts[0], word, group))
        ranked = (phrase for length in sorted(by_length, reverse=True) for phrase in by_length[length])
        self._begin: dict[str, list[tuple[int, str, str, WordGroup]]] = {}
        for rank, (begins, word, group) in enumerate(ranked):
            begins = _folded(begins.removesuffix("*"))
            looked = begins[:_LOOK] if begins.isalnum() else _WORD.findall(begins)[0][:_LOOK]
            self._begin.setdefault(looked, []).append((rank, begins, word, group))

    def find(self, text: str) -> WordGroup | None:
        """The group that decides; None where no word of the list is found."""
        found = self.found(text)
        return found[0] if found else None

    def found(self, text: str) -> tuple[WordGroup, str] | None:
        """The group that decides and its phrase that was found, as it stands in the list (with its *); None where none is."""
        text = text.translate(_PASSED_OVER)
        decided: tuple[WordGroup, str] | None = None
        for phrase, group in self._likely(text):
            rest, times = _pattern(phrase).subn("|", text)
            if times and (decided is None or group.role in _OVERRULED_BY[decided[0].role]):
                decided = group, phrase
                if group.role not in _OVERRULED_BY:
                    break
            text = rest  # of a longer phrase no part counts for itself
        return decided

    def _likely(self, text: str) -> Iterable[tuple[str, WordGroup]]:
        """Phrases by rank whose beginning the text holds: a pattern costs more than this look, which most phrases fail."""
        folded = _folded(text)
        words = _folded("\n".join(_WORD.findall(text))).split("\n")
        looked = {word[:length] for word in words for length in range(_LOOK + 1)}
        likely = [each for begin in looked for each in self._begin.get(begin, ()) if each[1] in folded]
        return ((phrase, group) for _, _, phrase, group in sorted(likely, key=lambda each: each[0]))


def built_in() -> WordList:
    """The list that comes with the program, with the languages beside it. Raises Refused where a file is not right."""
    return read(RULES_FILE)


@functools.cache
def read(first: Path) -> WordList:
    """The list in a file and in those beside it of other languages (rules.de.toml beside rules.toml).

    Raises Refused with the line of the first mistake, and without content of the file.
    """
    groups: list[WordGroup] = []
    helps: list[Help] = []
    for name, data in _files(first):
        language = name.removeprefix(first.stem).removesuffix(first.suffix).removeprefix(".")
        found = _parsed(_text(data, name), name, language)
        groups += (WordGroup(**group) for group in found["group"])
        helps += (Help(**entry) for entry in found["help"])
    return WordList(tuple(sorted(groups, key=lambda group: _ROLES.index(group.role))), tuple(helps))


def mark() -> str:
    """Tells one version of the built-in list, with its languages, from another."""
    parts = (hashlib.sha256(data).digest() for _, data in _files(RULES_FILE))
    return hashlib.sha256(b"".join(parts)).hexdigest()[:16]


@functools.cache  # list and mark are of the same bytes, even where a file is changed while the program runs
def _files(first: Path) -> tuple[tuple[str, bytes], ...]:
    """Names and bytes of a file and of those of other languages beside it, in a fixed order."""
    try:
        beside = sorted(first.parent.glob(f"{first.stem}.*{first.suffix}"))
        return tuple((path.name, path.read_bytes()) for path in (first, *beside))
    except OSError:
        mend = "Put back the file that came with the program"
        raise Refused(first.name, "it or a file beside it cannot be opened", mend) from None


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(name, "this is not UTF-8 text", "Save the file again as UTF-8", line) from None


def _words(value: object) -> tuple[str, ...]:
    """The words of a list, or of a text with commas between them: read much sooner than a list of thousands."""
    words = list(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value
    if isinstance(words, list) and set(map(type, words)) <= {str} and all(map(_WORD.match, words)):
        return tuple(words)
    try:
        found: tuple[str, ...] = check.list_of(_word)(words)  # which tells the first that is wrong, and takes longer
    except check.Mistake as mistake:
        if isinstance(value, str):
            mistake.path = ()  # within a text an entry has no place of its own
        raise
    return found


def _word(value: object) -> str:
    word = check.some_text(value)
    if not _WORD.match(word):
        mend = "Begin it with the word to look for, and put * only at its end"
        raise check.Mistake("does not begin with a letter or a digit", mend)
    return word


def _prose(value: object) -> str:
    """A text whose line ends are no more than blanks."""
    return " ".join(check.some_text(value).split())


def _version(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise check.Mistake("must be a whole number from 1", f"Write it as in version = {VERSION}")
    if value > VERSION:
        raise check.Mistake("is newer than this program knows", "Update the program, or put back the file that came with it")
    return value


_Checks = Mapping[str, check.Check]
_TOP: _Checks = {"version": _version, "language": check.some_text}
_LISTS: Mapping[str, _Checks] = {
    "group": {"role": check.one_of(*_ROLES), "activity": check.any_text, "why": _prose, "words": _words},
    "help": {"question": _prose, "answer": _prose},
}


def _parsed(text: str, name: str, language: str) -> dict[str, Any]:
    """What a file says, all of it checked; `language` is the one that its name says, '' for none."""
    data = tables(text, name)
    try:
        # The version goes first: in all else a newer form may be another.
        _checked({key: data[key] for key in data if key == "version"}, {"version": _version}, ())
        top = _checked({key: value for key, value in data.items() if key not in _LISTS}, _TOP, ())
        if language and top["language"] != language:
            what = "its language is not the one in its name"
            raise check.Mistake(what, "Make the two alike, or move the file elsewhere", ("language",))
        return {kind: _listed(data.get(kind, []), kind) for kind in _LISTS}
    except check.Mistake as mistake:
        raise Refused(name, mistake.what, mistake.mend, line_of(text, mistake.path)) from None


def _listed(found: object, kind: str) -> list[dict[str, Any]]:
    if not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
        mend = f"Write its heading in two pairs of brackets: [[{kind}]]"
        raise check.Mistake(f"'{kind}' is no list of sections", mend, (kind,))
    return [_checked(table, _LISTS[kind], (kind, nth)) for nth, table in enumerate(found)]


def _checked(table: Mapping[str, Any], checks: _Checks, path: KeyPath) -> dict[str, Any]:
    """The values of one table by key, each through its check; no key may be missing or unknown."""
    where = f"under [[{path[0]}]]" if path else "at the top of the file"
    for key in table:
        if key not in checks:
            raise check.Mistake(f"{check.quoted(key)} is not known {where}", check.known_key(key, tuple(checks)), (*path, key))
    values = {}
    for key, checked in checks.items():
        if key not in table:
            mend = f"Add a line {key} = …, as in the file that came with the program"
            raise check.Mistake(f"there is no '{key}' {where}", mend, path)
        try:
            values[key] = checked(table[key])
        except check.Mistake as mistake:
            raise check.Mistake(f"the key '{key}' {where} {mistake.what}", mistake.mend, (*path, key, *mistake.path)) from None
    return values


def _parts(word: str) -> list[str]:
    return word.replace("-", " ").split()


def _folded(text: str) -> str:
    """A text in which whatever a pattern finds in any case is found as it stands (test_word_list)."""
    if text.isascii():
        return text.lower()
    return text.replace("\u0130", "i").casefold().replace("\u0131", "i")  # folding does not make an i of Turkish ones


@functools.cache
def _pattern(phrase: str) -> re.Pattern[str]:
    parts = (re.escape(part.removesuffix("*")) + (r"\w*" if part.endswith("*") else "") for part in _parts(phrase))
    return re.compile(r"(?<!\w)" + r"[\s\-]+".join(parts) + r"(?!\w)", re.IGNORECASE)
