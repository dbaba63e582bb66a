"""Answers on the Roles page against a whole load of the same practice: how long until everything is counted by them."""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from etl import filing
from etl.waiting import waiting
from tests.bench.process import ROOT, run
from tests.filing.two_years import PRACTICE, exports

AIMS = {2: 0.5, 10: 2.0}
"""Seconds for one answer, by years loaded; and at most 0.3 of a load."""
ANSWERS = 4


def main(rounds: int, years: Sequence[int] = (2, 10)) -> int:
    """Print milliseconds of a load, of the question what waits, and of one answer of each kind; always 0."""
    for length in years:
        with tempfile.TemporaryDirectory() as folder:
            _measure(Path(folder), length, rounds)
    return 0


def _measure(folder: Path, years: int, rounds: int) -> None:
    files, truth = exports(years)
    for name, data in files:
        (folder / name).write_bytes(data)
    times: dict[str, list[float]] = {}
    for _ in range(rounds):
        desk = folder / "desk"
        shutil.rmtree(desk, ignore_errors=True)
        desk.mkdir()
        (desk / "practice.toml").write_text(PRACTICE, "utf-8")
        db = desk / "own.duckdb"
        ran = run([sys.executable, "-m", "etl", "load", *(folder / name for name, _ in files), "--db", db], PYTHONPATH=str(ROOT))
        times.setdefault("load", []).append(ran.ms)
        begun = time.perf_counter()
        found = waiting(db)
        times.setdefault("what waits", []).append((time.perf_counter() - begun) * 1000)
        titles = [group for group in found.groups if group.kind == "titles"][:ANSWERS]
        rest = [group for group in found.groups if group.kind == "calendar"][:1]
        for kind, groups, role in (
            ("a title", titles, "management"),
            ("a clinical title", titles[-1:], "clinical"),
            ("the rest of a calendar", rest, "clinical"),
        ):
            for group in groups:
                stay = found.others_of(group.name, [group]) if group.kind == "calendar" else ()
                begun = time.perf_counter()
                filing.file(db, [group.answer(role, waiting=stay)])
                times.setdefault(kind, []).append((time.perf_counter() - begun) * 1000)
    load = statistics.median(times["load"])
    print(f"{years} years, {len(truth)} titles; least / median ms, of the load's median (aims: {AIMS.get(years, 2.0)} s, 0.3)")
    for what, ms in times.items():
        print(f"  {what:<24} {min(ms):6.0f} / {statistics.median(ms):6.0f}   {statistics.median(ms) / load:.2f}")
