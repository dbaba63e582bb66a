"""The one file: whose it is, who holds it, and that what was stored is still there whatever happens."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from etl.logbook import write_down
from etl.model import Interruption
from etl.store import connection, open_read, open_write, rewrite
from etl.store.connection import StoreError
from tests.making import Desk, at_desk, calendar, event, moment

ROOT = Path(__file__).parents[2]
ROTA = ("work.ics", calendar("Work", event("Rota", "2026-01-05 09:00", "10:00")))
MORE = ("more.ics", calendar("More", event("Payroll", "2026-01-06 09:00", "10:00")))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return at_desk(tmp_path / "desk")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait half a second for a lock."""
    monkeypatch.setattr(connection, "PATIENCE", 0.5)


@contextmanager
def other_process(code: str) -> Iterator["subprocess.Popen[str]"]:
    """A second Python that runs this code; entered when it has printed a line."""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline()
            yield process
        finally:
            process.kill()


def holding(db: Path) -> str:
    return f"import duckdb, time; con = duckdb.connect({str(db)!r}); print('held', flush=True); time.sleep(60)"


def refusal(desk: Desk, *files: tuple[str, bytes]) -> str:
    """Why nothing is loaded: of all files, or of the one."""
    try:
        return "; ".join(report.refused or "taken" for report in desk.load(*files))
    except StoreError as error:
        return str(error)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_another_programs_database_is_left_as_it_is(desk: Desk) -> None:
    with duckdb.connect(str(desk.db)) as con:
        con.execute("create table recipes as select 'soup' as name")
    before = desk.db.read_bytes()
    assert refusal(desk, ROTA) == (
        "desk.duckdb: this database belongs to another program. It was left as it is; name another with --db."
    )
    assert (desk.db.read_bytes(), names(desk.folder)) == (before, ["desk.duckdb", "practice.toml"])


def test_a_newer_version_is_left_as_it_is(desk: Desk) -> None:
    desk.take(ROTA)
    desk.harm("update about_file set schema_version = 99")
    before = desk.db.read_bytes()
    assert refusal(desk, MORE) == "desk.duckdb: it was written by a newer Owner Time. Update Owner Time, then open it again."
    assert desk.db.read_bytes() == before


@pytest.mark.parametrize("data", [b"", b"Dear diary, " * 1000], ids=["empty", "a text"])
def test_a_file_that_is_no_database_is_left_as_it_is(desk: Desk, data: bytes) -> None:
    desk.db.write_bytes(data)
    assert refusal(desk, ROTA).startswith("desk.duckdb: this file is no Owner Time database, or it is damaged.")
    assert (desk.db.read_bytes(), names(desk.folder)) == (data, ["desk.duckdb", "practice.toml"])


@pytest.mark.parametrize("part", [0.3, 0.7])
def test_a_cut_off_database_is_called_damaged(desk: Desk, part: float) -> None:
    desk.take(ROTA)
    whole = desk.db.read_bytes()
    desk.db.write_bytes(whole[: int(len(whole) * part)])
    assert "it is damaged" in refusal(desk, MORE)


def test_a_flipped_bit_is_called_damaged(desk: Desk) -> None:
    desk.take(ROTA)
    data = bytearray(desk.db.read_bytes())
    for place in range(13_000, len(data), 4_000):
        data[place] ^= 255
    desk.db.write_bytes(data)
    with pytest.raises(StoreError, match="it is damaged"), open_read(desk.db) as con:
        con.execute("select columns(*)::varchar from occurrences").fetchall()


def test_a_path_that_sounds_locked_is_not_taken_for_a_lock(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "lock")
    desk.db.write_bytes(b"no database")
    started = time.monotonic()
    assert "it is damaged" in refusal(desk, ROTA)
    assert time.monotonic() - started < 2


@pytest.mark.usefixtures("impatient")
def test_one_held_by_another_process_is_waited_for_and_then_named(desk: Desk) -> None:
    desk.take(ROTA)
    before = desk.db.read_bytes()
    with other_process(holding(desk.db)) as holder:
        assert refusal(desk, MORE) == (
            f"desk.duckdb: another program has it open (process {holder.pid}). Close that program, then try again."
        )
    assert desk.db.read_bytes() == before
    assert refusal(desk, MORE) == "taken"


def test_pages_that_read_and_write_at_the_same_moment_wait_for_each_other(desk: Desk) -> None:
    """Those that read without a pause let one go first that writes."""
    pull, wrong, done = Interruption(moment("2026-01-05 10:00"), 5), [], threading.Event()
    write_down(desk.db, [pull])

    def often(work: Callable[[], object], enough: Callable[[int], bool]) -> None:
        times = 0
        while not enough(times):
            times += 1
            try:
                work()
            except Exception as error:  # noqa: BLE001 - whatever it is, it is told below
                wrong.append(error)

    def look() -> None:
        desk.sql("select 1")

    readers = [threading.Thread(target=often, args=(look, lambda _: done.is_set())) for _ in range(12)]
    writers = [threading.Thread(target=often, args=(lambda: write_down(desk.db, [pull]), lambda n: n == 5)) for _ in range(2)]
    for thread in (*readers, *writers):
        thread.start()
    for thread in writers:
        thread.join(60)
    done.set()
    for thread in readers:
        thread.join(60)
    assert wrong == []
    assert desk.sql("select count(*) from interruptions") == [(11,)]


def test_one_that_another_process_is_making_is_not_taken_from_it(desk: Desk) -> None:
    code = (
        "import sys, time; from pathlib import Path; from etl.store import open_write\n"
        f"with open_write(Path({str(desk.db)!r})): print('making', flush=True); time.sleep(8)\n"
    )
    with other_process(code) as maker:
        assert "another program has it open" in refusal(desk, ROTA)
        assert maker.wait(20) == 0
    assert desk.db.exists()
    assert refusal(desk, ROTA) == "taken"


@pytest.mark.skipif(os.name != "posix", reason="no SIGKILL on Windows")
@pytest.mark.parametrize("fresh", [True, False])
def test_killed_in_the_middle_of_a_load_the_old_state_is_there(desk: Desk, fresh: bool) -> None:
    if not fresh:
        desk.take(ROTA)
    code = f"""
import time
from pathlib import Path
from etl import pipeline, recount
settle = recount.settle
def stop(*given):
    settle(*given)
    print("all but committed", flush=True)
    time.sleep(60)
recount.settle = stop
pipeline.load([("more.ics", {MORE[1]!r})], Path({str(desk.db)!r}))
"""
    with other_process(code) as loader:
        loader.send_signal(signal.SIGKILL)
        loader.wait(20)
    assert desk.db.exists() is not fresh
    if not fresh:
        assert desk.titles() == [("01-05 09:00", "Rota")]
    desk.take(MORE)
    assert ("01-06 09:00", "Payroll") in desk.titles()
    assert names(desk.folder) == ["desk.duckdb", "desk.duckdb.key", "practice.toml"]


def test_a_refused_file_leaves_nothing_behind(desk: Desk) -> None:
    assert refusal(desk, ("letter.ics", b"Dear Sir or Madam,\nthank you.\n")) != "taken"
    assert names(desk.folder) == ["practice.toml"]


def test_a_block_that_fails_leaves_nothing_behind(desk: Desk) -> None:
    def fail(con: duckdb.DuckDBPyConnection) -> None:
        con.execute("insert into locations values ('Half', 1, null)")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), open_write(desk.db) as con:
        fail(con)
    assert names(desk.folder) == ["practice.toml"]
    desk.take(ROTA)
    with pytest.raises(ZeroDivisionError), open_write(desk.db) as con:
        fail(con)
    assert desk.sql("select count(*) from locations where location = 'Half'") == [(0,)]


def test_a_lost_key_is_asked_for(desk: Desk) -> None:
    desk.take(ROTA)
    key = desk.folder / "desk.duckdb.key"
    kept = key.read_bytes()
    key.unlink()
    assert refusal(desk, MORE).startswith("desk.duckdb.key: this file is missing beside desk.duckdb.")
    key.write_bytes(b"another key")
    assert refusal(desk, MORE).startswith("desk.duckdb.key: this key belongs to another database than desk.duckdb.")
    key.write_bytes(kept)
    assert refusal(desk, MORE) == "taken"


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such rights")
def test_only_the_owner_may_read_the_key(desk: Desk) -> None:
    desk.take(ROTA)
    assert (desk.folder / "desk.duckdb.key").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StoreError, match=r"desk\.duckdb: its folder is not there and cannot be made"):
        write_down(tmp_path / "file" / "desk.duckdb", [Interruption(moment("2026-01-05 09:00"), 5)])


def test_writing_anew_keeps_every_table(desk: Desk) -> None:
    desk.take(ROTA, MORE)
    before = [
        desk.sql(f"select columns(*)::varchar from {table}") for table in ("occurrences", "day_slices", "sources", "coverage")
    ]
    rewrite(desk.db)
    assert before == [
        desk.sql(f"select columns(*)::varchar from {table}") for table in ("occurrences", "day_slices", "sources", "coverage")
    ]
    assert names(desk.folder) == ["desk.duckdb", "desk.duckdb.key", "practice.toml"]
    assert refusal(desk, ("third.ics", calendar("Third", event("Stock", "2026-01-07 09:00", "10:00")))) == "taken"


def test_a_reading_leaves_nothing_for_the_next_one(tmp_path: Path) -> None:
    """What reads is a guest of an instance that is kept: the next guest may be of another practice."""
    one, other = at_desk(tmp_path / "one"), at_desk(tmp_path / "the owner's other one")
    one.take(ROTA)
    other.take(MORE)
    for desk, title in ((one, "Rota"), (other, "Payroll"), (one, "Rota")):
        with open_read(desk.db) as con:
            assert con.execute("select distinct title from occurrences").fetchall() == [(title,)]
            con.execute("set TimeZone = 'Asia/Tokyo'")
            con.begin()  # is still open when the file is let go
    with open_read(one.db) as con:
        assert con.execute("select current_setting('TimeZone')").fetchall() == [("UTC",)]
    one.take(MORE)  # nobody holds the file


def test_a_second_connection_reads_beside_the_first(desk: Desk) -> None:
    desk.take(ROTA)
    with open_read(desk.db) as con, connection.another(con) as second:
        told = [each.execute("select current_setting('TimeZone'), title from occurrences").fetchall() for each in (con, second)]
    assert told == [[("UTC", "Rota")]] * 2
    desk.take(MORE)
