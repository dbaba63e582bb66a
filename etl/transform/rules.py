"""One [[rule]] of practice.toml, ready to be tried on events, and what it is about."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from etl.exact_title import literal_of
from etl.keyed import Key
from etl.model import Refused
from etl.practice import FILE_NAME, Practice, Rule
from etl.toml_lines import line_of
from etl.transform.titles import form

_PATIENCE = 2.0  # seconds that one pattern may take for all events of a load; thousands of them take a hundredth
_PATTERNS = (("title", "title"), ("calendar", "calendar"), ("place", "place"), ("categories", "category"))
"""What of an event is searched, and the key of the rule that holds the pattern."""


@dataclass(frozen=True, slots=True)
class Event:
    """What of an event decides its role and location. `title` is None where it was dropped."""

    title: str | None
    title_key: str
    group_key: str
    place: str
    calendar: str
    categories: str
    title_location: str | None = None  # what a dropped title named


class _Pattern(Protocol):
    def search(self, text: str, /) -> Any: ...


class Matcher:
    """One rule: all of its conditions must hold; of `titles` and `title_keys`, which are one condition, any."""

    def __init__(self, rule: Rule, practice: Practice, key: Key, core: Callable[[str], str]) -> None:
        self.rule = rule
        self.by_title_alone = title_alone(rule)
        self.asks_title = bool(rule.title or rule.title_key or rule.titles or rule.title_keys)
        self._key, self._core = key, core
        self._forms = {shape(title) for title in rule.titles for shape in (form, core)}
        self._keys = set(rule.title_keys) | {key.group(each) for each in self._forms} | {key.title(each) for each in rule.titles}
        self._exact_key = exact_key(rule, key)
        self._patterns = [
            (field, _compiled(text, rule, at, practice)) for field, at in _PATTERNS if (text := getattr(rule, at)) is not None
        ]

    def matches(self, event: Event) -> bool:
        """Whether the rule is about this event."""
        if (self._forms or self._keys) and not self._names(event):
            return False
        patterns = self._patterns
        if self._exact_key is not None and (event.title is None or self.rule.title_key):
            if self._exact_key != event.title_key:
                return False
            patterns = [each for each in patterns if each[0] != "title"]
        return all(pattern.search(getattr(event, field) or "") for field, pattern in patterns)

    def _names(self, event: Event) -> bool:
        if event.group_key in self._keys or event.title_key in self._keys:
            return True
        if event.title is None:
            return False
        whole = form(event.title)
        return whole in self._forms or (bool(self.rule.title_keys) and self._key.group(whole) in self._keys)


def verify(practice: Practice, file_name: str = FILE_NAME) -> None:
    """Raises Refused where two rules contradict: the same conditions, or a title that both name alone, and not the same answer.

    Asked of what is new only: what all is counted by already stays readable.
    """
    named: dict[object, Rule] = {}
    for rule in practice.rules:
        others = (rule.title, rule.title_key, rule.calendar, rule.place, rule.category)
        alone = not any(others)
        about = [form(title) for title in rule.titles] + list(rule.title_keys)
        for what in about if alone else [(frozenset(about), *others)]:
            first = named.setdefault(what, rule)
            if (first.role, first.activity, first.location) != (rule.role, rule.activity, rule.location):
                raise Refused(
                    file_name,
                    f"[[rule]] number {rule.number} says something else than number {first.number} about the same events",
                    "Take one of the two out, or the title that both name",
                    line_of(practice.text, ("rule", rule.number - 1)),
                )


def title_alone(rule: Rule) -> bool:
    """Whether a rule is a correction of titles: it finds dropped titles too, through their keyed hashes."""
    exact = rule.title_key or rule.titles or rule.title_keys or (rule.title is not None and literal_of(rule.title) is not None)
    return bool(exact) and not (rule.calendar or rule.place or rule.category)


def exact_key(rule: Rule, key: Key) -> str | None:
    """The keyed hash of the one title that a rule finds; None where its title is a pattern or not given."""
    literal = literal_of(rule.title) if rule.title is not None else None
    return rule.title_key or (key.title(literal) if literal is not None else None)


def without(rule: Rule, keys: frozenset[str], key: Key, core: Callable[[str], str]) -> Rule | None:
    """What is left of a correction of titles without those of these keys (see `Filer.event`); None where nothing is."""

    def stays(title: str) -> bool:
        return key.group(core(title)) not in keys and key.title(title) not in keys

    if exact_key(rule, key) in keys:
        return None
    if not rule.titles and not rule.title_keys:
        return rule
    titles = tuple(title for title in rule.titles if stays(title))
    hashed = tuple(each for each in rule.title_keys if each not in keys)
    return replace(rule, titles=titles, title_keys=hashed) if titles or hashed else None


def groups_of(rule: Rule, key: Key, core: Callable[[str], str]) -> frozenset[str]:
    """The key of the group that the one exact title of a rule belongs to; none where it names no title alone."""
    literal = literal_of(rule.title) if rule.title is not None else None
    return frozenset() if literal is None else frozenset({key.group(core(literal))})


def _compiled(text: str, rule: Rule, at: str, practice: Practice) -> _Pattern:
    if literal_of(text) is not None:
        return re.compile(text, re.IGNORECASE)
    return _Patient(text, practice, rule.number, at)


class _Patient:
    """A pattern of the owner's own, which may run for ever on some text: it is given up then.

    Raises Refused, with the line of the pattern.
    """

    def __init__(self, text: str, practice: Practice, number: int, at: str) -> None:
        import regex  # only here: a practice without patterns starts faster

        self._pattern, self._left = regex.compile(text, regex.IGNORECASE), _PATIENCE
        self._practice, self._number, self._at = practice, number, at

    def search(self, text: str) -> Any:
        begun = time.monotonic()
        try:
            found = self._pattern.search(text, timeout=max(self._left, 0.001))
        except TimeoutError:
            raise Refused(
                FILE_NAME,
                f"the pattern of the key '{self._at}' under [[rule]] number {self._number} does not come to an end on some texts",
                "Write it without a repeat (+ or *) inside another repeat",
                line_of(self._practice.text, ("rule", self._number - 1, self._at)),
            ) from None
        self._left -= time.monotonic() - begun
        return found
