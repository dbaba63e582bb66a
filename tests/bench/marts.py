"""Measures every mart with ten years, asked as the pages ask. Asserts nothing."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from etl import marts
from etl.store import open_read
from tests.bench.pages import load

MOST = 30  # ms
FOLDER = Path(marts.__file__).parent
SPANS = {"4 weeks": 28, "52 weeks": 364, "all": 3650}
LONGEST = {"best_hours": 182, "taken_ahead": 56}
"""Days that no page asks more of."""


def main(rounds: int, kept: str = "") -> int:
    """Print the figures. `kept` names a database to ask in place of a new one."""
    with tempfile.TemporaryDirectory() as folder:
        db = Path(kept) if kept else load(Path(folder))
        today = datetime.now().astimezone().date()
        heads = f"{'mart':<26}{'days':<10}{'work':>8}{'least':>8}{'median':>8}{'rows':>8}"
        print(f"{heads}   (ms, {rounds} rounds; work: of the processor; * over {MOST})")
        slow = 0
        with open_read(db) as con:
            for name in sorted(file.stem for file in FOLDER.glob("*.sql")):
                for span, parameters in asked(con, name, today):
                    times, worked, rows = [], [], 0
                    for _ in range(rounds):
                        begun, busy = time.perf_counter(), time.process_time()
                        rows = len(marts.ask(con, name, **parameters).df())
                        times.append((time.perf_counter() - begun) * 1e3)
                        worked.append((time.process_time() - busy) * 1e3)
                    over = min(worked) > MOST  # on a busy machine the clock tells of others
                    slow += over
                    numbers = f"{min(worked):>8.1f}{min(times):>8.1f}{statistics.median(times):>8.1f}{rows:>8}"
                    print(f"{name:<26}{span:<10}{numbers}{' *' if over else ''}", flush=True)
        print(f"{slow} over {MOST} ms")
    return 0


def asked(con: duckdb.DuckDBPyConnection, name: str, today: date) -> Iterator[tuple[str, dict[str, Any]]]:
    """A mart's parameters over four weeks, a year and all; once where it asks for no days."""
    wanted = marts.parameters(name)
    for span, length in SPANS.items():
        days = min(length, LONGEST.get(name, length))
        to_day = today - timedelta(days=today.weekday() + 1)
        from_day = to_day - timedelta(days=days - 1)
        before = {"before_from": from_day - timedelta(days=days), "before_to": from_day - timedelta(days=1)}
        if span == "all":
            before = dict.fromkeys(before)
        given = {"from_day": from_day, "to_day": to_day, "grain": "week" if days < 420 else "month", "days": 28} | before
        given |= {"pulls": False, "answered": False, "topics": ["rota", "refund"], "groups": [], "step": "Cancelled", "most": 35}
        if name in ("hours_behind", "pulls_behind"):
            given["topics"] = None
        for one, sql in _ANY.items():
            if one in wanted:
                found = con.execute(sql).fetchone()
                given[one] = found[0] if found else None
        yield span if "from_day" in wanted else "", {each: given.get(each) for each in wanted} | _titles(con, wanted)
        if "from_day" not in wanted:
            return


_ANY = {
    "source_id": "select min(source_id) from sources where kind = 'calendar'",
    "occurrence_id": "select max(occurrence_id) from time_slices",
    "interruption_id": "select max(interruption_id) from time_slices",
}


def _titles(con: duckdb.DuckDBPyConnection, wanted: frozenset[str]) -> dict[str, Any]:
    if "titles" not in wanted:
        return {}
    rows = marts.ask(con, "waiting_titles").df()
    keys = {"group_keys": list(rows["group_key"]), "keys": [], "numbers": list(range(len(rows)))}
    keys |= {"titles": list(rows["title"]), "calendars": list(rows["calendar"])}
    return {each: keys[each] for each in wanted}
