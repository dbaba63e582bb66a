"""One interruption in one line, as it is typed or as the title of an event says it: `6 riverside front desk supplier order`.

The pieces stand in any order, with or without commas between them: minutes (lengths.py), when (moments.py), the location, who
asked and the topic. Of the phrases that are known the longest is taken first, one of a kind; what is left over is a new topic,
or a note where the topic is known. `!` or `team could` says that the team could have settled it, `needs me` that it could not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from etl.model import MOST_MINUTES, PRACTICE_WIDE, Interruption
from etl.transform import lengths
from etl.transform.line_words import MOST_SIGNS, SOFT, Unclear, fold, has_angle, is_word, refuse_odd, split
from etl.transform.moments import before, no_words, read_when

ASKERS = (
    "front desk", "reception", "receptionist", "nurse", "head nurse", "vet", "associate vet", "vet nurse", "technician",
    "dentist", "hygienist", "dental nurse", "doctor", "physician", "practice manager", "office manager", "bookkeeper",
    "team lead",
)  # fmt: skip
"""Roles that are known before anything was logged."""
_WIDE = ("practice-wide", "practice wide", "all of the practice", "everywhere", "all locations")
_COULD = {"!": True, "team could": True, "needs me": False}
_LOCATION, _MARK, _ASKER, _TOPIC = range(4)
_LEARNED = (_ASKER, _TOPIC)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What is known already: locations with all their words, who asked and topics as used before."""

    locations: Mapping[str, Sequence[str]]
    askers: Sequence[str] = ()
    topics: Sequence[str] = ()
    meant: Mapping[tuple[str, ...], Sequence[tuple[int, str]]] = field(init=False, repr=False, compare=False)
    """What each phrase can mean, once for all lines: (kind, what it stands for) by its folded words."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "meant", _meant(self))

    @property
    def only(self) -> str:
        """The location of a practice that has one; else ""."""
        return next(iter(self.locations)) if len(self.locations) == 1 else ""

    @property
    def odd(self) -> list[str]:
        """The names with < or > in them, which no other words of a line may hold."""
        return [name for _, name, _ in _all_phrases(self) if has_angle(name)]

    @property
    def example(self) -> str:
        """What to do where a line does not say enough."""
        return f"Write it as in: 6 {' '.join([*self.locations][:1])} front desk supplier order".replace("  ", " ")

    @property
    def choice(self) -> str:
        """The names that a line can have."""
        return f"Yours are {', '.join(self.locations)}; or write {PRACTICE_WIDE}"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was understood; `new_topic` where nobody has asked about it before."""

    entry: Interruption
    new_topic: bool


@dataclass(frozen=True, slots=True)
class Title:
    """What a title says of an interruption; "" and None where it says nothing. `about` is Practice-wide where it names two
    locations, and then `several` is set."""

    about: str = ""
    asked_by: str = ""
    topic: str = ""
    note: str = ""
    team_could: bool | None = None
    minutes: float | None = None
    new_topic: bool = False
    several: bool = False
    began: datetime | None = None


class _Phrase(NamedTuple):
    """A known phrase where it stands; the longest sorts first, of equally long ones the location."""

    shorter: int
    kind: int
    value: str
    start: int
    end: int

    def meets(self, other: "_Phrase") -> bool:
        return self.start < other.end and other.start < self.end


def read(text: str, known: Vocabulary, now: datetime) -> Line:
    """An interruption that has just ended, or began when the line says; `now` is aware, in the practice's zone.

    Raises Unclear where the line does not say how long it was, which location it was about, or when it can have been.
    """
    refuse_odd(text, known.example, known.odd)
    words = split(text)
    found = _phrases(words, known)
    said = _in_line(words, _picked(found), now)
    if said.minutes is None:  # a topic that was logged before may hold the number
        number = [
            each for each in found if each.kind in _LEARNED and any(words[at][0].isdigit() for at in range(each.start, each.end))
        ]
        said = _in_line(words, _picked([each for each in found if each not in number]), now)
    if said.minutes is None:
        silent = "The line says when it was, but not" if said.began else "The line does not say"
        raise Unclear(f"{silent} how many minutes it took", known.example)
    if not 0 < said.minutes <= MOST_MINUTES:
        raise Unclear(
            f"An interruption in one line takes more than 0 and at most {MOST_MINUTES} minutes",
            "Correct the minutes, or use the form for a longer one",
        )
    entry = Interruption(
        started_at=(said.began or before(now, timedelta(minutes=said.minutes))).replace(microsecond=0),
        minutes=said.minutes,
        about=location(said, known),
        asked_by=said.asked_by,
        topic=said.topic,
        team_could=said.team_could,
        via="line",
        note=said.note,
    )
    return Line(entry, said.new_topic)


def read_title(text: str, known: Vocabulary, measured: bool = False) -> Title:
    """What a title says; never unclear: words that are not known are its topic. `measured`: its event has a length of its own,
    which a number of the title seldom replaces."""
    words = split(text[:MOST_SIGNS], marked=False)
    picked = _picked(_phrases(words, known))
    left = _left(words, picked)
    places = {at for each in picked if each.kind == _LOCATION for at in range(each.start, each.end)}
    return _said(words, picked, left, lengths.in_title(words, left, places, measured))


def location(said: Title, known: Vocabulary, otherwise: str = "") -> str:
    """The location that an owner's words name, else this one, else the only one there is. Raises Unclear where they name two, or
    none and the practice has several."""
    if said.several:
        raise Unclear("This names two locations", f"Write one of them, or {PRACTICE_WIDE} alone")
    about = said.about or otherwise or known.only
    if not about and known.locations:
        raise Unclear("The line names no location of yours", known.choice)
    return about


def _in_line(words: Sequence[str], picked: Sequence[_Phrase], now: datetime) -> Title:
    left = _left(words, picked)
    began, gone = read_when(words, left, now)
    return _said(words, picked, left - gone, lengths.in_line(words, left - gone), began)


def _said(
    words: Sequence[str], picked: Sequence[_Phrase], left: set[int], length: lengths.Length | None, began: datetime | None = None
) -> Title:
    places = list(dict.fromkeys(each.value for each in picked if each.kind == _LOCATION))
    one = {each.kind: each.value for each in picked}
    gone = range(length.start, length.end) if length else ()
    several = len(places) > 1
    kept = left - set(gone)
    if several:  # which ones it was about is worth keeping
        kept |= {at for each in picked if each.kind == _LOCATION for at in range(each.start, each.end)}
    rest = " ".join(words[at] for at in sorted(kept) if is_word(words[at]))
    topic = one.get(_TOPIC, "")
    return Title(
        about=PRACTICE_WIDE if several else "".join(places),
        asked_by=one.get(_ASKER, ""),
        topic=topic or rest,
        note=rest if topic else "",
        team_could=_COULD.get(one.get(_MARK, "")),
        minutes=length.minutes if length else None,
        new_topic=bool(rest) and not topic,
        several=several,
        began=began,
    )


def _left(words: Sequence[str], picked: Sequence[_Phrase]) -> set[int]:
    return set(range(len(words))) - {at for each in picked for at in range(each.start, each.end)}


def _picked(found: Sequence[_Phrase]) -> list[_Phrase]:
    """The phrases that count: none over another, of locations all, of every other kind one. Where a role or a topic that was
    logged before would cover the only location, it is not known."""
    picked: list[_Phrase] = []
    for each in sorted(found):
        if not any(each.meets(other) or each.kind == other.kind != _LOCATION for other in picked):
            picked.append(each)
    places = [each for each in found if each.kind == _LOCATION]
    if places and not any(each.kind == _LOCATION for each in picked):
        return _picked([each for each in found if each.kind not in _LEARNED or not any(map(each.meets, places))])
    return picked


def _phrases(words: Sequence[str], known: Vocabulary) -> list[_Phrase]:
    """Each known phrase where it stands, also over a dash within it."""
    at = [place for place, word in enumerate(words) if word != SOFT]
    folded = [fold(words[place]) for place in at]
    longest = max(map(len, known.meant))
    return [
        _Phrase(start - end, kind, value, at[start], at[end - 1] + 1)
        for start in range(len(at))
        for end in range(start + 1, min(start + longest, len(at)) + 1)
        for kind, value in known.meant.get(tuple(folded[start:end]), ())
    ]


def _meant(known: Vocabulary) -> dict[tuple[str, ...], list[tuple[int, str]]]:
    meant: dict[tuple[str, ...], list[tuple[int, str]]] = {}
    for kind, phrase, value in _all_phrases(known):
        key = tuple(fold(word) for word in split(phrase) if is_word(word) or phrase == word)
        if key and not (kind in _LEARNED and no_words(key)) and kind not in (each for each, _ in meant.get(key, ())):
            meant.setdefault(key, []).append((kind, value))
    return meant


def _all_phrases(known: Vocabulary) -> Iterator[tuple[int, str, str]]:
    for name, others in known.locations.items():
        for phrase in (name, *others):
            yield _LOCATION, phrase, name
    for phrase in _WIDE:
        yield _LOCATION, phrase, PRACTICE_WIDE
    for phrase in _COULD:
        yield _MARK, phrase, phrase
    for topic in known.topics:
        yield _TOPIC, topic, topic
    for asker in (*known.askers, *ASKERS):
        yield _ASKER, asker, asker
