"""What the reader, and now and then a whole load, makes of a damaged file: `taken`, `refused`, or what is at fault."""

from __future__ import annotations

import random
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from etl import marts, pipeline
from etl.clock import seconds
from etl.extract import read
from etl.model import CalendarExport, Extract, How, Refused
from etl.store import open_read
from tests.fuzz.mutate import mutated
from tests.fuzz.seeds import seeds
from tests.fuzz.wellmade import MARK
from tests.making import PRACTICE, calendar, event

PATIENCE = 2.0  # seconds of the processor's time for one read
MEGABYTES = 600
LOADED = 200  # every so many cases one is loaded whole
HOW = How(ZoneInfo("America/Toronto"), frozenset({"owner@example.com"}), datetime(2028, 1, 1, tzinfo=UTC))
FIRST, LAST = seconds(datetime(1989, 12, 31)), seconds(datetime(2101, 1, 2))
GOOD = (
    "good.ics",
    calendar("Good", event("Stays", "2026-01-05 09:00", "10:00"), event("Stays too", "2026-01-06 09:00", "10:00")),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A damaged file; the same for the same seed and number."""

    number: int
    name: str
    data: bytes


class Hang(BaseException):
    """A read took too long; not an Exception, so that nothing swallows it."""


def case(seed: str, number: int) -> Case:
    """The case of that number."""
    chance = random.Random(f"{seed}:{number}")
    chosen = chance.choice(seeds())
    return Case(number, chosen.name, mutated(chance, chosen.kind, chosen.data))


def judge(one: Case, *, load: bool | None = None) -> str:
    """`taken`, `refused`, or what is wrong. `load`: also as a whole load; every 200th where nothing is said."""
    before = _megabytes()
    try:
        with _patience():
            found = read(one.data, one.name, HOW)
    except Refused as refused:
        verdict = "it shows a word of the file" if MARK.lower() in str(refused).lower() else "refused"
    except Hang:
        return f"no answer within {PATIENCE:.0f} s"
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
        return f"{type(error).__name__} in {_place(error)}"
    else:
        verdict = _wrong(found) or "taken"
    if before <= MEGABYTES < _megabytes():  # the most that the process ever held
        return f"more than {MEGABYTES} MB"
    if verdict in ("taken", "refused") and (load or (load is None and one.number % LOADED == 0)):
        return _loaded(one, verdict)
    return verdict


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _wrong(found: Extract) -> str:
    """What is wrong with what was read; "" where nothing is."""
    if any(MARK.lower() in note.text.lower() for note in found.notes):
        return "a note shows a word of the file"
    for export in found.exports:
        if not isinstance(export, CalendarExport):
            if not all(0 < each.minutes <= 1440 for each in export.interruptions):
                return "an interruption of no sane length"
            continue
        held = export.occurrences
        if np.any(held.end < held.start):
            return "an occurrence ends before it starts"
        if np.any(held.start < FIRST) or np.any(held.end > LAST):
            return "an occurrence outside the years that count"
        if len(held) and (held.uid.max() >= len(held.uids) or held.text.max() >= len(held.texts)):
            return "a column points nowhere"
    return ""


def _loaded(one: Case, verdict: str) -> str:
    """The verdict, where the file loaded into a database that has a good one leaves that whole and the rules kept."""
    with tempfile.TemporaryDirectory() as folder:
        db = Path(shutil.copytree(_good().name, folder, dirs_exist_ok=True)) / "fuzz.duckdb"
        try:
            (other,) = pipeline.load([(one.name, one.data)], db)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
            return f"loaded: {type(error).__name__} in {_place(error)}"
        if (other.refused is None) != (verdict == "taken"):
            return f"{verdict} by the reader, but not so by a load"
        if MARK.lower() in f"{other.refused} {[note.text for note in other.notes]}".lower():
            return "a load shows a word of the file"
        with open_read(db) as con:
            kept = con.execute("select count(*) from occurrences where calendar = 'Good'").fetchall()[0][0]
            sources = con.execute("select count(*) from sources").fetchall()[0][0]
            broken = [invariant for _, invariant, times in marts.ask(con, "check").fetchall() if times]
        if kept != 2:
            return "the good calendar was not left whole"
        if verdict == "refused" and sources != 1:
            return "refused, but something of it is stored"
        return f"stored against the rules: {broken[0]}" if broken else verdict


@cache
def _good() -> tempfile.TemporaryDirectory[str]:
    """The folder of a database with the good calendar in it, which goes when this program ends."""
    folder = tempfile.TemporaryDirectory()
    db = Path(folder.name) / "fuzz.duckdb"
    db.with_name("practice.toml").write_text(PRACTICE, "utf-8")
    (good,) = pipeline.load([GOOD], db)
    assert good.refused is None, good.refused
    return folder


@contextmanager
def _patience() -> Iterator[None]:
    """Raises Hang after PATIENCE: the processor's time, so that a busy machine makes no difference."""

    def give_up(*_: object) -> None:
        raise Hang

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _place(error: Exception) -> str:
    """The innermost line of our own that an error came through."""
    at, found = error.__traceback__, ""
    while at:
        path = Path(at.tb_frame.f_code.co_filename)
        if "etl" in path.parts:
            found = f"{path.name}, line {at.tb_lineno}"
        at = at.tb_next
    return found or f"{Path(sys.argv[0]).name}"
