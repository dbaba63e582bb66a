"""The role of an event: the owner's rules, then the calendar's default, then the built-in words, else unclassified."""

import re
from dataclasses import dataclass

from etl.exact_title import literal_of
from etl.keyed import Key
from etl.model import PRACTICE_WIDE
from etl.practice import Practice, Rule
from etl.transform.places import Places
from etl.transform.privacy import calendar_name
from etl.transform.words import WordList

UNFILED = "unclassified"


@dataclass(frozen=True, slots=True)
class Event:
    """What of an event decides its role and location. `title` is None where it was dropped."""

    title: str | None
    title_key: str
    place: str
    calendar: str
    categories: str
    title_location: str | None = None  # what a dropped title named


@dataclass(frozen=True, slots=True)
class Filing:
    """How an event is filed; `location` is None where nothing about the event itself says where."""

    role: str
    activity: str
    location: str | None
    decided_by: str


class Filer:
    """Files events by one practice's rules. Pure: the same event always gets the same filing."""

    def __init__(self, practice: Practice, words: WordList, key: Key) -> None:
        self._rules = [_Matcher(rule, key) for rule in practice.rules]
        self._defaults = {" ".join(calendar_name(c.name).casefold().split()): c for c in practice.calendars}
        self._places = Places(practice)
        self._words = words
        self._seen: dict[Event, Filing] = {}

    def file(self, event: Event) -> Filing:
        """The filing of an event whose title is known (an absent title is the empty one)."""
        filing = self._seen.get(event)
        if filing is None:
            filing = self._seen[event] = self._file(event)
        return filing

    def refile_dropped(self, event: Event) -> Filing | None:
        """The filing of an event whose title was dropped, where a correction by title finds it; else None: it stays."""
        for matcher in self._rules:
            if matcher.by_title_alone and matcher.matches(event):
                return Filing(
                    matcher.rule.role,
                    matcher.rule.activity,
                    matcher.rule.location or self.own_location(event),
                    f"rule {matcher.rule.number}",
                )
        return None

    def place_named(self, place: str) -> str | None:
        """The location of the practice that a place text names."""
        return self._places.named_in(place)

    def place_kept(self, place: str) -> str | None:
        """What is kept of the place of an event whose title is dropped: the location it names, or the owner's words for none."""
        return self._places.named_in(place) or self._places.none_in(place)

    def marker(self, event: Event) -> str | None:
        """The location that an all-day event names itself: where the owner was that day."""
        return self._places.named_in(event.place) or self._title_location(event)

    def _title_location(self, event: Event) -> str | None:
        """The location that a title names; that of a dropped one is known while the practice still has it."""
        if event.title is not None:
            return self._places.named_in(event.title)
        return self._places.named_in(event.title_location or "")

    def activity_of_topic(self, topic: str, role: str) -> str:
        """The activity of an interruption, by the words of its topic; else it is one of the team's questions."""
        found = self._words.find(topic)
        return found.activity if found and found.role == role else "questions"

    def _file(self, event: Event) -> Filing:
        default = self._defaults.get(" ".join(event.calendar.casefold().split()))
        location = self.own_location(event)
        for matcher in self._rules:
            if matcher.matches(event):
                rule = matcher.rule
                return Filing(rule.role, rule.activity, rule.location or location, f"rule {rule.number}")
        if default and default.role:
            return Filing(default.role, "", location, "calendar")
        for text in (event.title or "", event.categories):
            found = self._words.find(text)
            if found and found.role != UNFILED:  # the list also knows words that leave a title open
                return Filing(found.role, found.activity, location, "word list")
        return Filing(UNFILED, "", location, "nobody yet")

    def own_location(self, event: Event) -> str | None:
        """The location that an event's place, title, calendar default or calendar name give, in this order; Practice-wide
        where none of them does and its place belongs to none."""
        default = self._defaults.get(" ".join(event.calendar.casefold().split()))
        return (
            self._places.named_in(event.place)
            or self._title_location(event)
            or (default.location if default else None)
            or self._places.named_in(event.calendar)
            or (PRACTICE_WIDE if self._places.none_in(event.place) else None)
        )


def title_alone(rule: Rule) -> bool:
    """Whether a rule is a correction of one title: it finds dropped titles too, through their keyed hash."""
    exact = rule.title_key is not None or (rule.title is not None and literal_of(rule.title) is not None)
    return exact and not (rule.calendar or rule.place or rule.category)


def exact_key(rule: Rule, key: Key) -> str | None:
    """The keyed hash of the one title that a rule finds; None where its title is a pattern or not given."""
    literal = literal_of(rule.title) if rule.title is not None else None
    return rule.title_key or (key.title(literal) if literal is not None else None)


class _Matcher:
    """One rule, ready to be tried: all of its conditions must hold."""

    def __init__(self, rule: Rule, key: Key) -> None:
        self.rule = rule
        conditions = (
            ("title", rule.title),
            ("calendar", rule.calendar),
            ("place", rule.place),
            ("categories", rule.category),
        )
        self._patterns = [(field, re.compile(text, re.IGNORECASE)) for field, text in conditions if text is not None]
        self._title_key = exact_key(rule, key)
        self.by_title_alone = title_alone(rule)

    def matches(self, event: Event) -> bool:
        if self._title_key is not None and (event.title is None or self.rule.title_key):
            if self._title_key != event.title_key:
                return False
            return all(p.search(getattr(event, field) or "") for field, p in self._patterns if field != "title")
        return all(p.search(getattr(event, field) or "") for field, p in self._patterns)
