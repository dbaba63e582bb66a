"""The role of an event: the owner's rules, the calendar's default, the built-in words, the calendar's rest, else unclassified."""

from dataclasses import dataclass

from etl.keyed import Key
from etl.model import PRACTICE_WIDE
from etl.practice import CalendarDefault, Practice
from etl.transform.places import Places
from etl.transform.privacy import calendar_name
from etl.transform.rules import Event, Matcher
from etl.transform.titles import core
from etl.transform.words import WordList

UNFILED = "unclassified"
REST = "rest of the calendar"
"""What decided the role of an event that nothing else files."""
Located = tuple[str | None, str]
"""A location and what decided it; None and '' where nothing does."""
NOWHERE: Located = (None, "")


@dataclass(frozen=True, slots=True)
class Filing:
    """How an event is filed; `location` is None where nothing about the event itself says where, `location_by` what says it."""

    role: str
    activity: str
    location: str | None
    decided_by: str
    location_by: str = ""


class Filer:
    """Files events by one practice's rules. Pure: the same event always gets the same filing.

    Raises Refused where a rule's pattern runs for ever on one of them.
    """

    def __init__(self, practice: Practice, words: WordList, key: Key) -> None:
        self._places = Places(practice)
        self._key = key
        self._rules = [Matcher(rule, practice, key, self.core) for rule in practice.rules]
        self._defaults = {" ".join(calendar_name(c.name).casefold().split()): c for c in practice.calendars}
        self._words = words
        self._seen: dict[Event, Filing] = {}

    def core(self, title: str) -> str:
        """What titles that mean the same share: the form of a title without the practice's locations in it."""
        return core(title, self._places)

    def event(self, title: str, place: str, calendar: str, categories: str) -> Event:
        """An event whose title is known (an absent one is empty)."""
        return Event(title, self._key.title(title), self._key.group(self.core(title)), place, calendar, categories)

    def file(self, event: Event) -> Filing:
        """The filing of an event whose title is known."""
        filing = self._seen.get(event)
        if filing is None:
            filing = self._seen[event] = self._file(event)
        return filing

    def refile_dropped(self, event: Event, role: str = "clinical") -> Filing | None:
        """The filing of an event whose title was dropped, where a correction by title finds it; else None: it stays.

        One that was dropped while it had no `role` yet is also found by what asks for no title.
        """
        for matcher in self._rules:
            if (matcher.by_title_alone or (role == UNFILED and not matcher.asks_title)) and matcher.matches(event):
                return self._ruled(matcher, event)
        default = self._default(event)
        if role == UNFILED and default and (default.role or default.otherwise):
            return self._by_calendar(event, default)
        return None

    def place_named(self, place: str) -> str | None:
        """The location of the practice that a place text names."""
        return self._places.named_in(place)

    def place_kept(self, place: str) -> str | None:
        """What is kept of the place of an event whose title is dropped: the location it names, or the owner's words for none."""
        return self._places.named_in(place) or self._places.none_in(place)

    def marker(self, event: Event) -> Located:
        """The location that an all-day event names itself: where the owner was that day."""
        if named := self._places.named_in(event.place):
            return named, "place"
        return self._title_location(event)

    def own_location(self, event: Event) -> Located:
        """The location that an event's place, title, calendar default or calendar name give, in this order; Practice-wide
        where none of them does and its place belongs to none."""
        default = self._default(event)
        marked = self.marker(event)
        if marked[0]:
            return marked
        if default and default.location:
            return default.location, "calendar"
        named = self._places.named_in(event.calendar)
        if named:
            return named, "calendar name"
        return (PRACTICE_WIDE, "place") if self._places.none_in(event.place) else NOWHERE

    def activity_of_topic(self, topic: str, role: str) -> str:
        """The activity of an interruption, by the words of its topic; else it is one of the team's questions."""
        found = self._words.find(topic)
        return found.activity if found and found.role == role else "questions"

    def _title_location(self, event: Event) -> Located:
        """The location that a title names; that of a dropped one is known while the practice still has it."""
        named = self._places.named_in(event.title if event.title is not None else event.title_location or "")
        return (named, "title") if named else NOWHERE

    def _file(self, event: Event) -> Filing:
        for matcher in self._rules:
            if matcher.matches(event):
                return self._ruled(matcher, event)
        default = self._default(event)
        location, by = self.own_location(event)
        if default and default.role:
            return Filing(default.role, "", location, "calendar", by)
        for text in (event.title or "", event.categories):
            found = self._words.find(text)
            if found and found.role != UNFILED:  # the list also knows words that leave a title open
                return Filing(found.role, found.activity, location, "word list", by)
        if default and default.otherwise:
            return self._by_calendar(event, default)
        return Filing(UNFILED, "", location, "nobody yet", by)

    def _ruled(self, matcher: Matcher, event: Event) -> Filing:
        rule = matcher.rule
        decided_by = f"rule {rule.number}"
        location, by = (rule.location, decided_by) if rule.location else self.own_location(event)
        return Filing(rule.role, rule.activity, location, decided_by if rule.role != UNFILED else "nobody yet", by)

    def _by_calendar(self, event: Event, default: CalendarDefault) -> Filing:
        location, by = self.own_location(event)
        if default.role:
            return Filing(default.role, "", location, "calendar", by)
        return Filing(default.otherwise or UNFILED, "", location, REST, by)

    def _default(self, event: Event) -> CalendarDefault | None:
        return self._defaults.get(" ".join(event.calendar.casefold().split()))
