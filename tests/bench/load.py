"""Whole loads against libical only parsing and expanding the same file, by turns in one run."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from tests.bench.process import ROOT, Figures, Ran, by_turns, run
from tests.libical import MissingError, build

GENERATOR = ROOT.parent / "shared" / "tools" / "practice_calendar.py"
PRACTICE = """[practice]
name = "Bench"
time_zone = "America/Toronto"

[[location]]
name = "Harbour"

[[location]]
name = "Riverside"
"""
STEPS = ("start", "import", "read", "scan", "expand", "write", "slices", "report")
ONE = re.compile(rb"BEGIN:VEVENT\r\n(?:(?!END:VEVENT).*\r\n)*END:VEVENT\r\n")
LIMITS = {"first": 1.0, "again": 0.5, "week": 1.0, "megabytes": 400, "growth": 1.15, "page": 1.3}


class Bench:
    """A folder with the programs and calendars, and the ways to measure them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.libical = build("expand_file", folder)
        self.number = 0

    def calendar(self, years: int) -> Path:
        """An owner's export of that many years; made once."""
        file = self.folder / f"{years}.ics"
        if not file.exists():
            run([sys.executable, GENERATOR, "--years", str(years), "--out", file])
        return file

    def desk(self) -> Path:
        """The path of a database yet to be made, in a folder of its own beside its practice.toml."""
        self.number += 1
        folder = self.folder / f"desk{self.number}"
        folder.mkdir()
        (folder / "practice.toml").write_text(PRACTICE, "utf-8")
        return folder / "bench.duckdb"

    def load(self, file: Path, loaded: Path | None = None) -> Ran:
        """Load into a new database, or into a copy of one that is loaded; it is removed again."""
        db = self.desk()
        if loaded:
            shutil.copytree(loaded.parent, db.parent, dirs_exist_ok=True)
        ran = run([sys.executable, "-m", "etl", "load", file, "--db", db], OWNER_TIME_TIMES=str(time.time()))
        shutil.rmtree(db.parent)
        return ran

    def expand(self, file: Path) -> Ran:
        """Parse and expand by libical, all of its process counted."""
        return run([self.libical, file])


def main(rounds: int, years: list[int]) -> int:
    """Print the figures; 1 where what is needed is not here."""
    if not GENERATOR.exists():
        print(f"{GENERATOR} is not here: it makes the calendars that are measured.", file=sys.stderr)
        return 1
    run([sys.executable, "-m", "compileall", "-q", ROOT / "etl"])  # as start.py leaves it
    with tempfile.TemporaryDirectory() as folder:
        try:
            bench = Bench(Path(folder))
        except MissingError as missing:
            print(missing, file=sys.stderr)
            return 1
        from tests.bench import upload  # nothing heavy: what it drives runs in processes of its own

        first = decade(bench, rounds)
        lengths(bench, rounds, years)
        upload.measure(bench, rounds, first)
    return 0


def decade(bench: Bench, rounds: int) -> Figures:
    """Ten years: loaded first, loaded again, and a newer export of them."""
    file = bench.calendar(10)
    newer = bench.folder / "newer.ics"
    newer.write_bytes(one_week_more(file.read_bytes()))
    loaded = bench.desk()
    run([sys.executable, "-m", "etl", "load", file, "--db", loaded])
    each: dict[str, Callable[[], Ran]] = {
        "libical, parse and expand": partial(bench.expand, file),
        "load, first": partial(bench.load, file),
        "load, the same file again": partial(bench.load, file, loaded),
        "load, newer with a week added": partial(bench.load, newer, loaded),
    }
    figures = by_turns(rounds, *each.values())
    libical, first, again, week = figures
    events, size = file.read_bytes().count(b"BEGIN:VEVENT"), file.stat().st_size / 1e6
    print(f"ten years: {events:,} events, {size:.1f} MB; whole processes, {rounds} rounds by turns")
    print(f"{'':<32}{'least':>9}{'median':>9}{'to libical':>20}{'peak MB':>9}   at most")
    for name, figure in zip(each, figures, strict=True):
        ratios = f"{figure.least / libical.least:.2f} {figure.median / libical.median:.2f}"
        aim = {id(first): f"{LIMITS['first']} and {LIMITS['megabytes']} MB", id(again): f"{LIMITS['again']}"}.get(id(figure), "")
        print(f"{name:<32}{figure.least:>9.0f}{figure.median:>9.0f}{ratios:>20}{figure.megabytes:>9.0f}   {aim}")
    print(f"newer to first: {week.least / first.least:.2f} {week.median / first.median:.2f}   at most {LIMITS['week']}")
    where(first)
    return first


def where(first: Figures) -> None:
    """Where the time of a load goes, as the program tells it (OWNER_TIME_TIMES)."""
    if not first.steps:
        print("where the time goes: the program does not tell (no lines `time <step> <ms>` with OWNER_TIME_TIMES=1)")
        return
    print("where the time goes, ms:")
    named = [*(step for step in STEPS if step in first.steps), *(step for step in first.steps if step not in STEPS)]
    for step in named:
        figure = Figures(first.steps[step])
        print(f"  {step:<30}{figure.least:>9.0f}{figure.median:>9.0f}")
    told = sum(Figures(first.steps[step]).median for step in named)
    print(f"  {'all that is told of':<30}{'':>9}{told:>9.0f}   of {first.median:.0f}", flush=True)


def lengths(bench: Bench, rounds: int, years: list[int]) -> None:
    """What an event costs in a short and in a long calendar."""
    figures = by_turns(rounds, *(partial(bench.load, bench.calendar(length)) for length in years))
    print(f"{'years':<12}{'events':>9}{'least':>9}{'median':>9}{'us an event':>16}{'peak MB':>9}")
    cost: dict[int, tuple[float, float]] = {}
    for length, figure in zip(years, figures, strict=True):
        events = bench.calendar(length).read_bytes().count(b"BEGIN:VEVENT")
        cost[length] = figure.least * 1e3 / events, figure.median * 1e3 / events
        each = f"{cost[length][0]:.1f} {cost[length][1]:.1f}"
        print(f"{length:<12}{events:>9,}{figure.least:>9.0f}{figure.median:>9.0f}{each:>16}{figure.megabytes:>9.0f}")
    if {3, 30} <= set(years):
        least, median = (long / short for long, short in zip(cost[30], cost[3], strict=True))
        print(f"an event, 30 years to 3: {least:.2f} {median:.2f}   at most {LIMITS['growth']}", flush=True)


def one_week_more(text: bytes) -> bytes:
    """A newer export: all events stamped anew, as Google does, and those of the last week again a week later as new ones."""
    text = re.sub(rb"DTSTAMP:\d{8}T\d{6}Z", b"DTSTAMP:20270101T120000Z", text)
    single = [event for event in ONE.findall(text) if b"RRULE" not in event and b"RECURRENCE-ID" not in event]
    last = max(_days(event) for event in single)[0]
    week = [event for event in single if _days(event)[0] > last - timedelta(days=7)]
    later = b"".join(re.sub(rb"(DTSTART|DTEND)([^:\r\n]*:)(\d{8})", _later, event).replace(b"UID:", b"UID:w") for event in week)
    head, end, tail = text.rpartition(b"END:VCALENDAR")
    return head + later + end + tail


def _days(event: bytes) -> list[date]:
    return [date.fromisoformat(day.decode()) for day in re.findall(rb"DT(?:START|END)[^:\r\n]*:(\d{8})", event)]


def _later(found: re.Match[bytes]) -> bytes:
    day = date.fromisoformat(found[3].decode()) + timedelta(days=7)
    return found[1] + found[2] + f"{day:%Y%m%d}".encode()
