"""The tables of the account: one a question, of plain values that the page and the workbook write each in their way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from etl.ledger import Entry
from etl.model import ROLES
from etl.report import LABELS

Kind = Literal["text", "hours", "change", "number", "share", "day", "yes"]
Row = Mapping[str, Any]
Column = tuple[str, Kind, str | Callable[[Row], Any]]
"""Head, kind, and where its values are: the name of a mart's column, or a function of its row."""
WORK = ROLES[:-1]
"""All roles but personal, which is not work."""
NO_TOPIC = "(no topic)"


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to one question. `columns` are pairs of head and kind; `rows` hold plain values, None for a blank."""

    name: str
    question: str
    note: str
    columns: tuple[tuple[str, Kind], ...]
    rows: tuple[tuple[Any, ...], ...]


class Called:
    """What a topic or a hand-over is called: by its words where they are wanted, else by a number that is the same everywhere."""

    def __init__(self, words: bool) -> None:
        self._words = words
        self._numbers: dict[tuple[str, str], int] = {}

    def topic(self, text: str) -> str:
        """`supplier order`, or `Topic 1`."""
        return text if text == NO_TOPIC else self._called("Topic", text.strip().lower(), text)

    def hand_over(self, entry: Entry) -> str:
        """Its topic, or `Events 1`; their title where words are wanted."""
        return self.topic(entry.label) if entry.of == "topic" else self._called("Events", entry.hand_over_id, entry.label)

    def _called(self, kind: str, key: str, text: str) -> str:
        of_kind = sum(known == kind for known, _ in self._numbers)
        number = self._numbers.setdefault((kind, key), of_kind + 1)
        return text if self._words else f"{kind} {number}"

    @property
    def words(self) -> bool:
        return self._words


def roles(roles: Sequence[Row]) -> Table:
    return _table(
        "Roles", "Where did the hours go?", "Personal time is no work and in no share.", roles,
        ("Role", "text", lambda row: LABELS[row["role"]]),
        ("Hours", "hours", "hours"), ("Hours a week", "hours", "hours_a_week"), ("Share of work", "share", "share"),
        ("Before, a week", "hours", "hours_a_week_before"), ("Change a week", "change", "change_a_week"),
    )  # fmt: skip


def weeks(weekly: Sequence[Row], grain: str) -> Table:
    bars: dict[date, dict[str, Any]] = {}
    for row in weekly:
        bars.setdefault(row["begins"], {"begins": row["begins"], "finished": row["finished"]})[row["role"]] = row["hours"]
    return _table(
        "Weeks", f"Is it changing, {grain} by {grain}?", f"Hours a {grain}.", list(bars.values()),
        (f"{grain.capitalize()} from", "day", "begins"), *((LABELS[role], "hours", role) for role in ROLES),
        ("Whole", "yes", "finished"),
    )  # fmt: skip


def locations(places: Sequence[Row], facts: Sequence[Row]) -> Table:
    rows: dict[str, dict[str, Any]] = {}
    for row in places:
        its = rows.setdefault(row["location"], {"location": row["location"], "all": row["location_hours_a_week"]})
        its |= {row["role"]: row["hours_a_week"], row["role"] + " share": row["share"]}
    for row in facts:
        rows[row["location"]][row["fact"]] = row["value"]
    return _table(
        "Locations", "How do the locations compare, side by side?",
        "Hours a week, all roles but personal; shares are of the location's own hours.", list(rows.values()),
        ("Location", "text", "location"), ("All work", "hours", "all"), *((LABELS[role], "hours", role) for role in WORK),
        ("Leadership, share", "share", "leadership share"), ("Management, share", "share", "management share"),
    )  # fmt: skip


def split(places: Sequence[Row]) -> Table:
    return _table(
        "Locations by role", "How do the hours of each location split?",
        "Shares are of the location's own working hours.", places,
        ("Location", "text", "location"), ("Role", "text", lambda row: LABELS[row["role"]]), ("Hours", "hours", "hours"),
        ("Hours a week", "hours", "hours_a_week"), ("Share", "share", "share"),
    )  # fmt: skip


def location_weeks(weekly: Sequence[Row], grain: str) -> Table:
    return _table(
        "Weeks of locations", f"Is it changing at each location, {grain} by {grain}?", f"Hours a {grain}.", weekly,
        ("Location", "text", "location"), (f"{grain.capitalize()} from", "day", "begins"),
        ("Role", "text", lambda row: LABELS[row["role"]]), ("Hours", "hours", "hours"), ("Whole", "yes", "finished"),
    )  # fmt: skip


def pulls(facts: Sequence[Row]) -> Table:
    rows: dict[str, dict[str, Any]] = {}
    for row in facts:
        rows.setdefault(row["location"], {"location": row["location"]})[row["fact"]] = row["value"]
    return _table(
        "Interruptions", "What pulled you away?",
        "Interruptions by the location they were about, a week.", list(rows.values()),
        ("About", "text", "location"), ("Interruptions", "number", "Pulls"), ("Hours", "hours", "Hours of pulls"),
        ("While with patients", "number", "Pulls while with patients"),
    )  # fmt: skip


def found(found: Sequence[Row]) -> Table:
    return _table(
        "Where they found you", "Where were you when they asked?",
        "One that ran across two events is counted where it began; its time is where it fell.", found,
        ("About", "text", "about_location"), ("You were", "text", "was"), ("Interruptions", "number", "pulls"),
        ("Hours", "hours", "hours"),
    )  # fmt: skip


def topics(topics: Sequence[Row]) -> Table:
    return _table(
        "Topics", "What could be handed over?",
        "Hours a week. At least: you marked that the team could. At most: and what is not marked either way.", topics,
        ("Topic", "text", "topic"), ("Interruptions", "number", "pulls"), ("Locations", "number", "locations"),
        ("At least", "hours", "low_hours_a_week"), ("At most", "hours", "high_hours_a_week"),
    )  # fmt: skip


def hand_overs(entries: Sequence[Entry], called: Called) -> Table:
    more: list[Column] = [
        ("To", "text", "to_role"), ("What good looks like", "text", "good"), ("They decide", "text", "decides"),
        ("They come to you when", "text", "comes_when"),
    ]  # fmt: skip
    rows = [
        {
            "what": called.hand_over(entry),
            "from": entry.from_day,
            "until": entry.ended_on,
            "places": ", ".join(entry.locations) or "all",
            "before": entry.together.hours_before,
            "after": entry.together.hours_after,
            "verdict": entry.verdict.word.capitalize(),
            "why": entry.verdict.reason,
        }
        | {name: getattr(entry, name) for _, _, name in more if isinstance(name, str)}
        for entry in entries
    ]
    return _table(
        "Hand-overs", "Does what was handed over stay with the team?",
        "For all locations: your hours of it a week in the four weeks before its day, and in the latest four.",
        rows,
        ("Handed over", "text", "what"), ("From", "day", "from"), ("Until", "day", "until"), ("Locations", "text", "places"),
        ("Before", "hours", "before"), ("Latest", "hours", "after"), ("Verdict", "text", "verdict"), ("Because", "text", "why"),
        *(more if called.words else ()),
    )  # fmt: skip


def not_counted(steps: Sequence[Row]) -> Table:
    there = [row for row in steps if row["hours"] or row["occurrences"] or row["step_order"] == 1]
    return _table(
        "Not counted", "What was not counted?", "From the hours in the calendars to the counted ones, for all locations.", there,
        ("Step", "text", "step"), ("Hours", "hours", "hours"), ("Events", "number", "occurrences"),
    )  # fmt: skip


def log(log: Row) -> Table:
    return _table(
        "The log", "How far can the log of interruptions be trusted?",
        "If unlogged days were alike: from ten logged days on.", [log],
        ("Working days", "number", "working_days"), ("With entries", "number", "logged_days"),
        ("Interruptions", "number", "pulls"),
        ("Hours", "hours", "hours"), ("Of these estimated", "hours", "estimated_hours"),
        ("A week, as logged", "hours", "low_hours_a_week"), ("A week, if unlogged days were alike", "hours", "high_hours_a_week"),
    )  # fmt: skip


def _table(name: str, question: str, note: str, rows: Sequence[Row], *columns: Column) -> Table:
    return Table(
        name,
        question,
        note,
        tuple((head, kind) for head, kind, _ in columns),
        tuple(tuple(row[of] if isinstance(of, str) else of(row) for _, _, of in columns) for row in rows),
    )
