"""An interruption typed as one line, as the app and the command line take it: understood, said, and written down."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from etl import logbook
from etl.edit import standing
from etl.model import PRACTICE_WIDE, Interruption, Refused
from etl.practice import parse
from etl.transform.line_words import Unclear, refuse_odd
from etl.transform.one_line import Line, Vocabulary, location, read, read_title


def understood(db: Path, text: str, now: datetime | None = None) -> Line:
    """What a line says, by the practice's clock, locations and what was used before. Raises Unclear."""
    zone = parse(standing(db).text).zone
    return read(text, logbook.vocabulary(db), (now or datetime.now(zone)).astimezone(zone))


def named(entry: Interruption, text: str, known: Vocabulary) -> Line:
    """An entry that was not named, with what a text says of it: location, who, topic, and where it says so the minutes.

    What was measured and is no guess is replaced as seldom as the length of an event (lengths.in_title). Raises Unclear where
    the text cannot be read, names two locations, or none though there are several.
    """
    refuse_odd(text, known.example, known.odd)
    found = read_title(text, known, measured=not entry.estimated)
    about = location(found, known, entry.about)
    whole = replace(
        entry,
        minutes=entry.minutes if found.minutes is None else found.minutes,
        about=about,
        asked_by=found.asked_by or entry.asked_by,
        topic=found.topic or entry.topic,
        team_could=entry.team_could if found.team_could is None else found.team_could,
        note=found.note or entry.note,
        estimated=entry.estimated and found.minutes is None,
    )
    return Line(whole, found.new_topic)


def log_line(db: Path, text: str) -> str:
    """Write down what a line says; gives it back in words. Raises Refused where it is not clear."""
    try:
        line = understood(db, text)
    except Unclear as answer:
        raise Refused("Line", answer.what[0].lower() + answer.what[1:], answer.mend) from None
    logbook.write_down(db, [line.entry])
    return f"Written down: {in_words(line)}."


def in_words(line: Line, minutes: str = "", when: str = "") -> str:
    """`6 min, Riverside, front desk, supplier order, 20 Nov at 10:14`: every piece as it was understood.

    `minutes` and `when` say these two in other words: as a country writes them.
    """
    entry = line.entry
    topic = f"{entry.topic} (new topic)" if line.new_topic else entry.topic
    could = {True: "the team could", False: "needs you", None: ""}[entry.team_could]
    minutes = minutes or f"{round(entry.minutes, 2):g} min"
    pieces = [minutes, entry.about or PRACTICE_WIDE, entry.asked_by, topic, could, entry.note]
    when = when or f"{entry.started_at.day} {entry.started_at:%b} at {entry.started_at:%H:%M}"
    return ", ".join([*(piece for piece in pieces if piece), when])
