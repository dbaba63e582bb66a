"""Why an event counts as it does, in plain English. What strangers or the owner wrote stands beside a sentence, never in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.exact_title import literal_of
from etl.model import PRACTICE_WIDE
from etl.practice import Practice, Rule
from etl.transform.words import WordList


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with a gap, {}, for each of `words`: titles, names and patterns, for the owner's eyes only."""

    text: str
    words: tuple[str, ...] = ()

    def plain(self) -> str:
        """The sentence with its words in it. Never for a message or a log."""
        return self.text.format(*self.words)


@dataclass(frozen=True, slots=True)
class Texts:
    """What of an event its filing went by; `title` is None where it is not kept."""

    title: str | None
    place: str
    calendar: str
    categories: str


_NAMED = 3
"""How many titles of a rule are named; the others are counted."""

_ROLE_BY = {
    "nobody yet": "Nobody yet: it waits for a role on Roles.",
    "this event": "Your correction of this event.",
    "this series": "Your correction of this series.",
    "planned block": "You put this time aside for leadership here, and its mark is still the same.",
    "rest of the calendar": "Your answer on everything on this calendar, ‘{}’, that nothing else files.",
    "calendar": "The role of this calendar, ‘{}’, in practice.toml: no rule says otherwise.",
    "an earlier rule": "A rule of yours that is no longer there. The title was not kept, so nothing else could file it since.",
}
_LOCATION_BY = {
    "title": "Its title names it.",
    "calendar": "The location of this calendar, ‘{}’, in practice.toml.",
    "calendar name": "The name of its calendar, ‘{}’, names it.",
    "this event": "Your correction of this event.",
    "this series": "Your correction of this series.",
    "an earlier rule": "A rule of yours that is no longer there.",
    "nothing": "Nothing says where it was, so it is for the practice as a whole.",
}
_SEVERAL = {
    "place": "Its place, ‘{}’, names no single location.",
    "title": "Its title names no single location.",
    "calendar name": "The name of its calendar, ‘{}’, names no single location.",
}
_NOT_COUNTED = {
    "all-day": "It is not counted: a whole day says where you were, not how long you worked.",
    "cancelled": "It is not counted: it was called off.",
    "declined": "It is not counted: you declined it.",
    "free": "It is not counted: it is marked free, so it blocks no time in your calendar.",
    "no length": "It is not counted: it ends when it begins.",
    "longer than 31 days": "It is not counted: it is longer than 31 days, and nobody is in one meeting for a month.",
}
_GOES_BEFORE = {
    "shorter": "which is shorter",
    "later": "which is as long and started later",
    "role": "which is at the same time and of a role that goes first",
    "order": "which is at the same time; its calendar comes first",
}


def role_by(decided_by: str, texts: Texts, role: str, activity: str, practice: Practice, words: WordList) -> Said:
    """What decided the role and the activity."""
    if rule := _rule(decided_by, practice):
        return ruled(rule)
    if decided_by == "word list":
        return _listed(texts, role, activity, words)
    return _known(_ROLE_BY, decided_by, texts)


def location_by(by: str, texts: Texts, location: str, practice: Practice, markers: Sequence[tuple[str | None, str]]) -> Said:
    """What decided the location. `markers` are title and calendar of the all-day events that say where the owner was."""
    if rule := _rule(by, practice):
        return replace(ruled(rule), text=ruled(rule).text + " It says the location too.")
    if by == "all-day event" and markers:
        title, calendar = markers[0]
        if title is None:
            return Said(
                "An all-day event of that day on the calendar ‘{}’ says where you were; its title is not kept.", (calendar,)
            )
        return Said("The all-day event ‘{}’ of that day says where you were.", (title,))
    if location == PRACTICE_WIDE and by in _SEVERAL:
        return _known(_SEVERAL, by, texts)
    if by == "place":
        return Said("Its place, ‘{}’, names it.", (texts.place,)) if texts.place else Said("Its place names it.")
    return _known(_LOCATION_BY, by, texts)


def not_counted(because: str | None, counted_on: str | None) -> Said | None:
    """Why it does not count; None where it does."""
    if because is None:
        return None
    if because == "on another calendar":
        return Said("It is not counted here: the same event counts on your calendar ‘{}’.", (counted_on or "",))
    return Said(_NOT_COUNTED.get(because, "It is not counted."))


def ruled(rule: Rule) -> Said:
    """A rule by its number in practice.toml and what it looks for."""
    parts: list[tuple[str, tuple[str, ...]]] = []
    if rule.titles:
        more = len(rule.titles) - _NAMED
        named = rule.titles[:_NAMED]
        gaps = ", ".join(["‘{}’"] * len(named)) + (f" and {more} more" if more > 0 else "")
        parts.append((f"titles that mean {gaps}", named))
    hashed = len(rule.title_keys) + bool(rule.title_key)
    if hashed:
        parts.append(("titles that are not kept, only a mark of each", ()))
    if rule.title is not None:
        literal = literal_of(rule.title)
        parts.append(("the title ‘{}’", (literal,)) if literal is not None else ("titles with the pattern ‘{}’", (rule.title,)))
    for what, pattern in (("calendars", rule.calendar), ("places", rule.place), ("categories", rule.category)):
        if pattern is not None:
            parts.append((f"{what} with the pattern ‘{{}}’", (pattern,)))
    text = "; ".join(part for part, _ in parts)
    return Said(f"Your rule {rule.number} in practice.toml: {text}.", tuple(word for _, words in parts for word in words))


def goes_before(reason: str, *, inside: bool) -> str:
    """Why another event owns minutes of this one."""
    return _GOES_BEFORE[reason] + (" and lies inside it" if reason == "shorter" and inside else "")


def _rule(by: str, practice: Practice) -> Rule | None:
    number = by.removeprefix("rule ")
    if number == by or not number.isdecimal():
        return None
    return next((rule for rule in practice.rules if rule.number == int(number)), None)


def _known(sentences: dict[str, str], by: str, texts: Texts) -> Said:
    text = sentences.get(by)
    if text is None:
        return Said("Decided by: {}.", (by,))
    if "{}" not in text:
        return Said(text)
    return Said(text, (texts.place if by == "place" else texts.calendar,))


def _listed(texts: Texts, role: str, activity: str, words: WordList) -> Said:
    for text, where in ((texts.title or "", "title"), (texts.categories, "category")):
        group = words.find(text)
        if group and (group.role, group.activity) == (role, activity):
            # A list of each word alone tells which of the group's words it was: of several, that of the most words.
            found = [word for word in group.words if WordList((replace(group, words=(word,)),)).find(text)]
            word = max(found, key=lambda each: len(each.replace("-", " ").split()))
            return Said(f"A word in its {where} that the built-in list knows, ‘{{}}’: {{}}", (word, group.why))
    whys = {group.why for group in words.groups if (group.role, group.activity) == (role, activity)}
    if len(whys) == 1:
        return Said("A word of the built-in list; its title is not kept. The list says: {}", (whys.pop(),))
    return Said("A word of the built-in list; its title is not kept.")
