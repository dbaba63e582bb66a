"""One interruption in one line, as it is typed or as the title of an event says it: `6 riverside front desk supplier order`.

The pieces stand in any order, with or without commas between them: minutes, the location, who asked, the topic, and when.
Of the phrases that are known the longest is taken first, one of a kind; what is left over is a new topic, or a note where the
topic is known. `!` or `team could` says that the team could have settled it, `needs me` that it could not.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from etl.model import PRACTICE_WIDE, Interruption

MOST_SIGNS = 300
MOST_MINUTES = 480
ASKERS = (
    "front desk", "reception", "receptionist", "nurse", "head nurse", "vet", "associate vet", "vet nurse", "technician",
    "dentist", "hygienist", "dental nurse", "doctor", "physician", "practice manager", "office manager", "bookkeeper",
    "team lead",
)  # fmt: skip
"""Roles that are known before anything was logged."""
_WIDE = ("practice-wide", "practice wide", "all of the practice", "everywhere", "all locations")
_COULD = {"!": True, "team could": True, "needs me": False}
_MINUTES = re.compile(r"(\d{1,6}(?:[.,]\d{1,2})?)(m|min|mins|minutes?|h|hrs?|hours?)?")
_UNITS = re.compile(r"(m|min|mins|minutes?|h|hrs?|hours?)")
_AGO = re.compile(r"[-−–](\d{1,4})(m|min|h)")
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.h]([0-5]\d)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_EXAMPLE = "Write it as in: 6 Riverside front desk supplier order"


class Unclear(Exception):  # noqa: N818 - an answer to what was typed, not a fault
    """What is not clear in a line, and what to do; neither quotes the line."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(f"{what}. {mend}.")
        self.what, self.mend = what, mend


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What is known already: locations with all their words, who asked and topics as used before."""

    locations: Mapping[str, Sequence[str]]
    askers: Sequence[str] = ()
    topics: Sequence[str] = ()
    meant: Mapping[tuple[str, ...], Sequence[tuple[str, str]]] = field(init=False, repr=False, compare=False)
    """What each phrase can mean, once for all lines: (kind, what it stands for) by its folded words."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "meant", _meant(self))


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was understood; `new_topic` where nobody has asked about it before."""

    entry: Interruption
    new_topic: bool


@dataclass(frozen=True, slots=True)
class Title:
    """What a title says of an interruption; "" and None where it says nothing."""

    about: str = ""
    asked_by: str = ""
    topic: str = ""
    note: str = ""
    team_could: bool | None = None
    minutes: float | None = None
    new_topic: bool = False


def read(text: str, known: Vocabulary, now: datetime) -> Line:
    """An interruption that has just ended, or began when the line says; `now` is aware, in the practice's zone.

    Raises Unclear where the line does not say how long it was, which location it was about, or when it can have been.
    """
    refuse_odd(text)
    words = _words(text)
    moment, words = _when(words, now)
    said = _title(words, known)
    if said.minutes is None:
        raise Unclear("The line does not say how many minutes it took", _EXAMPLE)
    if not 0 < said.minutes <= MOST_MINUTES:
        raise Unclear(
            f"An interruption in one line takes more than 0 and at most {MOST_MINUTES} minutes",
            "Correct the minutes, or use the form for a longer one",
        )
    about = said.about or (next(iter(known.locations)) if len(known.locations) == 1 else "")
    if not about and known.locations:
        names = ", ".join(known.locations)
        raise Unclear("The line names no location of yours", f"Yours are {names}; or write {PRACTICE_WIDE}")
    began = moment or now - timedelta(minutes=said.minutes)
    if began > now:
        raise Unclear("That is still to come", "Write when it was, as in 10:20 or -20m, or leave the time out")
    if began.year < 1990:
        raise Unclear("That day is too long ago", "Write a day from 1990 on")
    entry = Interruption(
        started_at=began.replace(microsecond=0),
        minutes=said.minutes,
        about=about,
        asked_by=said.asked_by,
        topic=said.topic,
        team_could=said.team_could,
        via="line",
        note=said.note,
    )
    return Line(entry, said.new_topic)


def read_title(text: str, known: Vocabulary) -> Title:
    """What a title says; never unclear: words that are not known are its topic. Minutes stand first, or with their unit."""
    return _title(_words(text[:MOST_SIGNS]), known, anywhere=False)


def refuse_odd(text: str) -> None:
    """Raises Unclear where a text is empty, too long, or holds what no line holds."""
    if not text.strip():
        raise Unclear("The line is empty", _EXAMPLE)
    if len(text) > MOST_SIGNS:
        raise Unclear(f"The line is longer than {MOST_SIGNS} signs", "A few words are enough; the rest goes into the note")
    if any(not sign.isprintable() for sign in text):
        raise Unclear("The line holds a sign that cannot be shown", "Type it anew")
    if "<" in text or ">" in text:
        raise Unclear("The line holds < or >, which no location, role or topic has", "Take it out")


def _words(text: str) -> list[str]:
    """Words, and commas as they stand between pieces."""
    return re.findall(r"\d+,\d{1,2}(?![\d:])|[^\s,;]+|[,;]", text.strip())


def _fold(word: str) -> str:
    return word.casefold().strip(".:()\"'“”")


def _title(words: list[str], known: Vocabulary, anywhere: bool = True) -> Title:
    """`anywhere`: also a number without its unit that does not stand first is a length."""
    folded = [_fold(word) if word not in ",;" and word != "!" else word for word in words]
    found: dict[str, tuple[str, int, int]] = {}
    for _, kind, value, start, end in sorted(_phrases(folded, known.meant)):
        if kind not in found and all(end <= s or start >= e for _, s, e in found.values()):
            found[kind] = (value, start, end)
    left = set(range(len(words))) - {at for _, start, end in found.values() for at in range(start, end)}
    minutes, gone = _minutes(words, left, anywhere)
    left -= gone
    rest = " ".join(words[at] for at in sorted(left) if words[at] not in (",", ";", ""))
    topic = found.get("topic", ("", 0, 0))[0]
    could = found.get("could", ("", 0, 0))[0]
    return Title(
        about=found.get("location", ("", 0, 0))[0],
        asked_by=found.get("asker", ("", 0, 0))[0],
        topic=topic or rest,
        note=rest if topic else "",
        team_could=_COULD.get(could),
        minutes=minutes,
        new_topic=bool(rest) and not topic,
    )


def _meant(known: Vocabulary) -> dict[tuple[str, ...], list[tuple[str, str]]]:
    meant: dict[tuple[str, ...], list[tuple[str, str]]] = {}

    def learn(kind: str, phrase: str, value: str) -> None:
        key = tuple(_fold(word) if word != "!" else word for word in _words(phrase) if word not in ",;")
        if key and kind not in (each for each, _ in meant.setdefault(key, [])):
            meant[key].append((kind, value))

    for name, others in known.locations.items():
        for phrase in (name, *others):
            learn("location", phrase, name)
    for phrase in _WIDE:
        learn("location", phrase, PRACTICE_WIDE)
    for phrase in _COULD:
        learn("could", phrase, phrase)
    for topic in known.topics:
        learn("topic", topic, topic)
    for asker in (*known.askers, *ASKERS):
        learn("asker", asker, asker)
    return {key: kinds for key, kinds in meant.items() if kinds}


def _phrases(
    folded: Sequence[str], meant: Mapping[tuple[str, ...], Sequence[tuple[str, str]]]
) -> Iterator[tuple[int, str, str, int, int]]:
    """Each known phrase where it stands: (minus its length, kind, what it means, first word, word after its last)."""
    longest = max(map(len, meant))
    for start in range(len(folded)):
        for end in range(start + 1, min(start + longest, len(folded)) + 1):
            for kind, value in meant.get(tuple(folded[start:end]), ()):
                yield start - end, kind, value, start, end


def _minutes(words: Sequence[str], left: set[int], anywhere: bool) -> tuple[float | None, set[int]]:
    """The length in minutes and the words that say it: a number with its unit, else the first number at an end of a piece; of
    a title, where a number is as likely a room's, only the very first word."""
    plain: tuple[float, set[int]] | None = None
    for at in sorted(left):
        if not (match := _MINUTES.fullmatch(words[at].casefold())):
            continue
        amount = float(match[1].replace(",", "."))
        unit, gone = match[2] or "", {at}
        if not unit and at + 1 in left and _UNITS.fullmatch(words[at + 1].casefold()):
            unit, gone = words[at + 1].casefold(), {at, at + 1}
        if unit:
            return amount * (60 if unit.startswith("h") else 1), gone
        if (
            plain is None
            and (anywhere or at == 0)
            and (at == 0 or at == len(words) - 1 or words[at - 1] in ",;" or words[at + 1] in ",;" or at - 1 not in left)
        ):
            plain = amount, gone
    return plain or (None, set())


def _when(words: list[str], now: datetime) -> tuple[datetime | None, list[str]]:
    """The moment that the words say, and the other words."""
    day: date | None = None
    clock: time | None = None
    ago: timedelta | None = None
    left = []
    for word in words:
        lower = word.casefold()
        if ago is None and (match := _AGO.fullmatch(lower)):
            ago = timedelta(hours=int(match[1])) if match[2] == "h" else timedelta(minutes=int(match[1]))
        elif clock is None and (match := _CLOCK.fullmatch(lower)):
            clock = time(int(match[1]), int(match[2]))
        elif day is None and lower in ("today", "yesterday"):
            day = now.date() - timedelta(days=lower == "yesterday")
        elif day is None and _DAY.fullmatch(lower):
            try:
                day = date.fromisoformat(lower)
            except ValueError:
                raise Unclear("There is no such day", "Write it as in 2026-09-14") from None
        else:
            left.append(word)
    if ago is not None:
        return now - ago, left
    if clock is None:
        if day is not None:
            raise Unclear("The line names a day and no time of day", "Add the time, as in 10:20")
        return None, left
    return _moment(datetime.combine(day or now.date(), clock), now), left


def _moment(wall: datetime, now: datetime) -> datetime:
    """A time on the wall clock as it was: of one that came twice the later that is not still to come."""
    zone = now.tzinfo
    moments = [wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (1, 0)]
    past = [moment for moment in moments if moment <= now.astimezone(UTC)]
    return (past[0] if past else moments[-1]).astimezone(zone)
