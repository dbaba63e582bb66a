"""The program and the counter agree to the second, over random practices and days worked out by hand."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest
from cases import CASES, stretches
from counter import Tick, UnsettledError, count, hours
from hypothesis import HealthCheck, Phase, assume, given, settings
from practices import practices
from written import Practice, write

from etl import logbook, marts, pipeline
from etl.store import open_read

ROOT = Path(__file__).parents[2]
TABLES = ("sources", "occurrences", "interruptions", "time_slices")
SLICES = """
select epoch_us(s.starts_at), epoch_us(s.ends_at), s.role, s.activity, s.location, s.interruption_id is not null,
       epoch_us(coalesce(i.starts_at, o.starts_at)), epoch_us(coalesce(i.ends_at, o.ends_at)),
       s.displaced_role, s.displaced_location
from time_slices s
left join occurrences o on s.occurrence_id = o.occurrence_id and s.interruption_id is null
left join interruptions i on s.interruption_id = i.interruption_id
order by 1, 2
"""
SUMS = "select role, location, sum(epoch_us(ends_at) - epoch_us(starts_at))::bigint from time_slices group by all order by all"
READER = duckdb.connect()
randomly = settings(
    max_examples=22,
    derandomize=True,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
Slice = tuple[int, int, str, str | None, str, bool, int, int, str | None, str | None]
Sums = list[tuple[str, str, int]]
Rows = dict[str, list[tuple[str, ...]]]


@dataclass(frozen=True)
class Stored:
    """What a database holds.

    `slices` is time_slices in order of time, each with the times of what owns it; `sums` are by role and location;
    both in microseconds. `rows` is every row of every table that others may rely on, as text. `broken` are the
    invariants that `etl check` finds broken.
    """

    slices: list[Slice]
    sums: Sums
    rows: Rows
    broken: list[str]


def stored(db: Path) -> Stored:
    """Read a database, attached to a connection that stays: opening one for each costs more than all the reading."""
    READER.execute(f"attach '{db}' as stored (read_only)")
    READER.execute("use stored")
    try:
        return Stored(
            READER.execute(SLICES).fetchall(),
            READER.execute(SUMS).fetchall(),
            {name: READER.execute(f"select columns(*)::varchar from {name} order by all").fetchall() for name in TABLES},
            [invariant for _, invariant, broken in marts.ask(READER, "check").fetchall() if broken],
        )
    finally:
        READER.execute("use memory")
        READER.execute("detach stored")


def painted(found: list[Slice], grid: int) -> dict[int, Tick]:
    """The ticks of slices; no tick may be in two of them."""
    ticks: dict[int, Tick] = {}
    for start, end, role, activity, location, interruption, begin, finish, displaced_role, displaced_location in found:
        assert start < end, "a slice of no length"
        assert start % (grid * 1_000_000) == end % (grid * 1_000_000) == 0, "a slice between two ticks"
        displaced = (displaced_role, displaced_location)
        tick = Tick(
            role,
            activity,
            location,
            interruption,
            (begin // 1_000_000, finish // 1_000_000),
            None if displaced == (None, None) else displaced,
        )
        for second in range(start // 1_000_000, end // 1_000_000, grid):
            assert second not in ticks, f"two slices at {datetime.fromtimestamp(second, UTC)}"
            ticks[second] = tick
    return ticks


def differences(expected: dict[int, Tick], got: dict[int, Tick]) -> list[str]:
    """The ticks on which counter and program differ, the first few in words."""
    found = []
    for second in sorted(expected.keys() | got.keys()):
        right, stored = expected.get(second), got.get(second)
        if right and stored and right.activity is None:  # the rules do not say
            stored = replace(stored, activity=None)
        if right != stored:
            found.append(f"{datetime.fromtimestamp(second, UTC)}\n  counter {right}\n  program {stored}")
    return found[:3] + [f"and {len(found) - 3} ticks more"] * (len(found) > 3)


def load(files: list[Path], db: Path, *, again: bool = False) -> Path:
    """Load files into the database, which must take each of them, or must know each of them already."""
    reports = pipeline.load(files, db, db.with_name("practice.toml"))
    assert [report.refused for report in reports] == [None] * len(files)
    assert [report.nothing_new for report in reports] == [again] * len(files)
    tell_apart(db)
    return db


def tell_apart(db: Path) -> None:
    """Say of every two rows that look like one interruption that they are two, as the counter takes them."""
    while True:
        with open_read(db) as con:
            pairs = [(row[0], row[7]) for row in marts.ask(con, "log_twice").fetchall()]
        if not pairs:
            return
        for held, twin in pairs:
            logbook.decide_twice(db, held, twin, same=False)


def agree(practice: Practice, expected: dict[int, Tick], found: Stored) -> None:
    """What is stored is what the counter says, and its sums are those of the union."""
    assert differences(expected, painted(found.slices, practice.grid)) == []
    assert found.broken == []
    assert sum(total for _, _, total in found.sums) == len(expected) * practice.grid * 1_000_000


def etl(*arguments: str | Path) -> str:
    """Run the command line; what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "etl", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | {"PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def reported(said: dict) -> dict[tuple[str, str], float]:
    """Hours by (role, location) of a report, where there are any."""
    return {
        (role, location): value for location, by_role in said["by_location"].items() for role, value in by_role.items() if value
    }


@randomly
@given(practices())
def test_agrees_to_the_second(practice: Practice) -> None:
    try:
        expected = count(practice)
    except UnsettledError:
        assume(False)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = write(practice, folder)
        with ThreadPoolExecutor(1) as beside:
            backwards = beside.submit(load, files[::-1], folder / "other.duckdb")
            db = load(files, folder / "one.duckdb")
            first = stored(db)
            agree(practice, expected, first)
            assert stored(load(files, db, again=True)) == first
            assert stored(backwards.result()).slices == first.slices


@pytest.mark.parametrize("case", CASES)
def test_counts_as_by_hand(case: str, tmp_path: Path) -> None:
    practice, expected = CASES[case]
    found = stored(load(write(practice, tmp_path), tmp_path / "one.duckdb"))
    assert stretches(painted(found.slices, practice.grid), practice.grid) == expected
    agree(practice, count(practice), found)


@settings(randomly, max_examples=3, phases=[Phase.generate])
@given(practices())
def test_the_command_line_says_the_same(practice: Practice) -> None:
    try:
        expected = count(practice)
    except UnsettledError:
        assume(False)
    assume(expected)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = write(practice, folder)
        db = folder / "one.duckdb"
        etl("load", *files, "--db", db, "--practice", folder / "practice.toml")
        agree(practice, expected, stored(db))
        etl("check", "--db", db)
        middle = datetime.fromtimestamp(sorted(expected)[len(expected) // 2], UTC).date()
        for first, last in ((date(2025, 1, 1), date(2025, 12, 31)), (middle, middle)):
            said = json.loads(etl("report", "--db", db, "--from", first, "--to", last, "--json"))
            right = hours(expected, practice.grid, practice.zone, first, last)
            assert reported(said) == {key: pytest.approx(value, abs=0.5 / 3600) for key, value in right.items()}


@pytest.fixture(scope="module")
def drawing(tmp_path_factory: pytest.TempPathFactory) -> tuple[Practice, dict[int, Tick], Path]:
    """The practice of the drawing, what the counter says of it, and a database that agrees."""
    practice, _ = CASES["the drawing of the counting rules"]
    folder = tmp_path_factory.mktemp("drawing")
    expected, db = count(practice), load(write(practice, folder), folder / "one.duckdb")
    agree(practice, expected, stored(db))
    return practice, expected, db


@pytest.mark.parametrize(
    "harm",
    [
        "update time_slices set ends_at = ends_at - interval 1 minute where interruption_id is not null",
        "update time_slices set location = 'Riverside' where role = 'clinical'",
        "update time_slices set displaced_role = 'clinical' where displaced_role is not null",
        "delete from time_slices where interruption_id is not null",
        "insert into time_slices select * from time_slices where interruption_id is not null",
    ],
)
def test_a_wrong_slice_is_noticed(harm: str, drawing: tuple[Practice, dict[int, Tick], Path], tmp_path: Path) -> None:
    practice, expected, right = drawing
    db = Path(shutil.copy(right, tmp_path))
    with duckdb.connect(str(db)) as con:
        con.execute(harm)
    with pytest.raises(AssertionError):
        agree(practice, expected, stored(db))
