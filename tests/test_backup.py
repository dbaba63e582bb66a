"""Back up and restore: what comes back is what was there, and whatever is not whole changes nothing."""

import hashlib
import io
import json
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl import backup_file, changes, filing
from etl.backup import back_up, restore
from etl.filing import Answer
from etl.model import Refused, WrongUsage
from etl.sample import load_sample
from etl.store import SCHEMA_VERSION, beside, connection, open_read
from etl.store.connection import StoreError
from tests.conftest import ROOT, Etl
from tests.making import PRACTICE, Desk, at_desk, calendar, day, event, log
from tests.store.states import names
from tests.store.test_migration import of_the_first_release

WORK = (
    "work.ics",
    calendar(
        "Work",
        event("Rota", "2026-01-05 09:00", "10:00", place="North"),
        event("Zq Smith", "2026-01-06 09:00", "12:00"),
        event("Surgery list", "2026-01-07 09:00", "12:00"),
    ),
)
MORE = ("more.ics", calendar("More", event("Payroll", "2026-01-08 09:00", "10:00")))
LOG = ("log.csv", log("2026-01-05 09:15,10,Riverside,desk,stock,yes"))
THREE = ["desk.duckdb", "desk.duckdb.key", "practice.toml"]
DAMAGED = "x.backup: the backup is damaged, or was cut off. Copy it again from where you keep it, or take an older one."
NONE = "x.backup: this is no backup of Owner Time. Choose a file that “Back up” has made."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = at_desk(tmp_path / "desk")
    desk.take(WORK, LOG)
    return desk


@pytest.fixture
def out(desk: Desk, tmp_path: Path) -> Path:
    """A backup of the desk."""
    back_up(desk.db, tmp_path / "x.backup")
    return tmp_path / "x.backup"


def everything(desk: Desk) -> dict[str, list[Any]]:
    """All rows of all tables, also of those kept for an undo."""
    with open_read(desk.db) as con:
        tables = con.execute("select schema_name, table_name from duckdb_tables() where not internal").fetchall()
        views = con.execute("select schema_name, view_name from duckdb_views() where not internal").fetchall()
        found = {
            f"{schema}.{table}": con.execute(f"select columns(*)::varchar from {schema}.{table} order by all").fetchall()
            for schema, table in tables + views
        }
    found["main.about_file"] = [row[:-1] for row in found["main.about_file"]]  # how often it was written is another number
    return found


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def refusal(file: Path, desk: Desk) -> str:
    """Why it is not restored; AssertionError where it is, or where anything is another than before."""
    before = files(desk.folder)
    with pytest.raises((Refused, StoreError)) as caught:
        restore(file, desk.db)
    assert files(desk.folder) == before
    return str(caught.value)


def made(folder: Path, database: Path, key: bytes = b"k" * 32, practice: bytes = PRACTICE.encode(), **more: Any) -> Path:
    """A backup of any database, sealed as it must be."""
    with (folder / "x.backup").open("w+b") as f:
        backup_file.write(f, database, key, practice, is_sample=False, **more)
    return folder / "x.backup"


def resealed(data: bytes) -> bytes:
    return data[:-64] + hashlib.sha256(data[:-64]).hexdigest().encode()


def test_everything_comes_back(desk: Desk, out: Path) -> None:
    before = everything(desk) | {"files": [desk.practice.read_bytes(), (desk.folder / "desk.duckdb.key").read_bytes()]}
    desk.take(MORE)
    filing.file(desk.db, [Answer("clinical", titles=("Zq Smith",))])
    assert not desk.has("smith")
    about = restore(out, desk.db)
    assert everything(desk) | {"files": [desk.practice.read_bytes(), (desk.folder / "desk.duckdb.key").read_bytes()]} == before
    assert (about.schema_version, about.is_sample) == (SCHEMA_VERSION, False)
    assert desk.broken() == []
    assert not changes.changed_outside(desk.db)
    assert names(desk.folder) == THREE
    assert desk.load(WORK)[0].nothing_new
    desk.take(MORE)
    filing.file(desk.db, [Answer("management", titles=("Zq Smith",))])


def test_it_comes_back_on_another_machine(desk: Desk, out: Path, tmp_path: Path) -> None:
    before = everything(desk)
    changes.use_practice(desk.db, PRACTICE.replace("Maple", "Oak"))
    other = Desk(tmp_path / "other" / "place")
    restore(out, other.db)
    after = everything(other)
    path, other_path = (found["main.practice"][0][7] for found in (before, after))
    assert (path, other_path) == (str(desk.practice), str(other.practice))
    assert {**after, "main.practice": before["main.practice"]} == before
    changes.use_practice(other.db, PRACTICE.replace("Maple", "Elm"))
    assert "Elm" in other.practice.read_text("utf-8")
    assert "Oak" in desk.practice.read_text("utf-8"), "the practice of the one in use is left alone"
    assert other.load(WORK)[0].nothing_new


def test_a_practice_that_lies_elsewhere_is_restored_there(desk: Desk, tmp_path: Path, etl: Etl) -> None:
    elsewhere = tmp_path / "maple.toml"
    elsewhere.write_text(PRACTICE.replace("Maple", "Elm"), "utf-8")
    assert etl("load", desk.file(*MORE), "--practice", elsewhere)[0] == 0
    assert etl("backup", "--out", tmp_path / "x.backup")[0] == 0
    changes.use_practice(desk.db, PRACTICE.replace("Maple", "Oak"))
    restore(tmp_path / "x.backup", desk.db)
    assert "Elm" in elsewhere.read_text("utf-8")
    assert desk.practice.read_text("utf-8") == PRACTICE
    assert not changes.changed_outside(desk.db)


def test_an_edit_by_hand_is_not_lost(desk: Desk, out: Path) -> None:
    desk.practice.write_text(PRACTICE + "# mine\n", "utf-8")
    assert refusal(out, desk).startswith("practice.toml: it was changed outside of the dashboard. ")


@pytest.mark.parametrize("name", ["practice.toml", "desk.duckdb.key"])
def test_what_may_be_all_that_is_left_is_not_replaced(name: str, out: Path, tmp_path: Path) -> None:
    other = Desk(tmp_path / "other")
    other.folder.mkdir()
    (other.folder / name).write_bytes(b"another")
    assert refusal(out, other) == (
        f"{name}: it lies there without its database, and restoring would replace it."
        " Move it to another place, then restore again."
    )


def test_a_lost_database_comes_back_beside_its_key(desk: Desk, out: Path) -> None:
    before = everything(desk)
    desk.db.unlink()
    restore(out, desk.db)
    assert everything(desk) == before


def test_a_damaged_database_is_not_replaced_before_it_is_moved_away(desk: Desk, out: Path) -> None:
    desk.db.write_bytes(desk.db.read_bytes()[:5000])
    said = "desk.duckdb: what is there now cannot be read, so it is not replaced. Move it to another place, then restore again."
    assert refusal(out, desk) == said
    desk.db.unlink()
    restore(out, desk.db)
    assert len(desk.titles()) == 3


def test_a_bit_that_is_another_is_found(desk: Desk, out: Path) -> None:
    whole, chance = out.read_bytes(), random.Random("bits")
    places = {*range(80), *range(len(whole) - 400, len(whole)), *(chance.randrange(len(whole)) for _ in range(200))}
    before = files(desk.folder)
    for place in places:
        changed = bytearray(whole)
        changed[place] ^= 1 << chance.randrange(8)
        with pytest.raises(Refused) as caught:
            restore(("x.backup", bytes(changed)), desk.db)
        assert str(caught.value) == (DAMAGED if str(caught.value) != NONE else NONE)
        assert place < 50 or str(caught.value) == DAMAGED
    assert files(desk.folder) == before


def test_a_cut_file_is_found(desk: Desk, out: Path) -> None:
    whole = out.read_bytes()
    before = files(desk.folder)
    for length in {*range(0, 130, 7), *range(130, len(whole), len(whole) // 50), len(whole) - 1}:
        with pytest.raises(Refused) as caught:
            restore(("x.backup", whole[:length]), desk.db)
        assert str(caught.value) == (NONE if length < 44 else DAMAGED)
    assert files(desk.folder) == before


def test_what_is_no_backup_is_said(desk: Desk, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("work.ics", WORK[1])
    for data in (b"", b"Dear diary, " * 100, packed.getvalue(), desk.db.read_bytes(), bytes(1000)):
        (tmp_path / "x.backup").write_bytes(data)
        assert refusal(tmp_path / "x.backup", desk) == NONE
    assert refusal(tmp_path / "lost", desk) == "lost: there is no such file. Check the name and the folder."
    assert refusal(tmp_path, desk) == f"{tmp_path.name}: this is a folder. Name the file of the backup."


def forged(out: Path, change: Callable[[dict[str, Any]], None], **parts: bytes) -> bytes:
    """A backup with another manifest or other parts, packed and sealed as it must be."""
    with zipfile.ZipFile(out) as archive:
        held = {name: archive.read(name) for name in archive.namelist()} | {
            f"database.{name}": data for name, data in parts.items()
        }
    manifest = json.loads(held[backup_file.MANIFEST])
    change(manifest)
    held[backup_file.MANIFEST] = json.dumps(manifest).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = b"0" * 64
        for name, data in held.items():
            archive.writestr(name, data)
    return resealed(packed.getvalue())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda told: told.update(schema_version=SCHEMA_VERSION + 1), "a newer Owner Time made it. Update Owner Time, then"),
        (lambda told: told.update(format=2), "a newer Owner Time made it. Update Owner Time, then"),
        (lambda told: told.update(program="another"), "the backup is damaged"),
        (lambda told: told.update(made_at="yesterday"), "the backup is damaged"),
        (lambda told: told.update(parts=[1]), "the backup is damaged"),
        (lambda told: told.pop("parts"), "the backup is damaged"),
        (lambda told: told["parts"].pop("database.key"), "the backup is damaged"),
        (lambda told: told["parts"]["database.key"].update(sha256="0" * 64), "the backup is damaged"),
        (lambda told: told["parts"]["database.duckdb"].update(bytes=10), "the backup is damaged"),
        (lambda told: told["parts"]["database.duckdb"].update(bytes=10**18), "it unpacks to more than any backup does"),
        (lambda told: told["parts"]["practice.toml"].update(bytes=10**9), "it unpacks to more than any backup does"),
        (lambda told: told.update(schema_version=1), "the database in it is damaged, or another than the backup says"),
    ],
)  # fmt: skip
def test_a_manifest_that_is_not_right_is_said(change: Callable[[dict[str, Any]], None], said: str, desk: Desk, out: Path) -> None:
    out.write_bytes(forged(out, change))
    assert refusal(out, desk).startswith(f"x.backup: {said}")


def test_a_zip_bomb_is_counted_while_it_is_read(desk: Desk, out: Path) -> None:
    written = 0

    class Counting(io.FileIO):
        def write(self, data: Any) -> int:
            nonlocal written
            written += len(data)
            return super().write(data)

    bomb = forged(out, lambda told: None, duckdb=bytes(300_000_000))
    assert len(bomb) < 1_000_000
    with (
        backup_file.opened(("x.backup", bomb)) as held,
        Counting(desk.folder.parent / "bomb", "w") as f,
        pytest.raises(Refused, match="the backup is damaged"),
    ):
        held.copy("database.duckdb", f)
    assert written < 10_000_000
    out.write_bytes(bomb)
    assert refusal(out, desk) == DAMAGED


def test_another_key_is_said(desk: Desk, out: Path) -> None:
    with zipfile.ZipFile(out) as archive:
        database = desk.folder.parent / "database"
        database.write_bytes(archive.read("database.duckdb"))
    said = "x.backup: the key in it belongs to another database. Nothing was changed; take an older backup."
    assert refusal(made(out.parent, database), desk) == said


def harmed(desk: Desk, statement: str) -> Path:
    """A backup of a database that somebody changed behind the program's back."""
    desk.harm(statement)
    back_up(desk.db, desk.folder.parent / "x.backup")
    return desk.folder.parent / "x.backup"


def test_one_that_fails_the_check_leaves_the_old(desk: Desk, tmp_path: Path) -> None:
    good = at_desk(tmp_path / "good")
    good.take(MORE)
    bad = harmed(desk, "update time_slices set ends_at = ends_at + interval 1 hour")
    assert refusal(bad, good) == (
        "x.backup: the database in it breaks 4 of the counting rules. Nothing was changed; take an older backup."
    )
    bad = harmed(desk, "drop view left_out_steps; drop view occurrences")
    assert refusal(bad, good) == "x.backup: the database in it is damaged. Nothing was changed; take an older backup."


def test_a_part_that_is_no_database_is_said(desk: Desk, out: Path) -> None:
    recipes = desk.folder.parent / "recipes"
    with duckdb.connect(str(recipes)) as con:
        con.execute("create table recipes as select 'soup' as name")
    assert "the database in it is damaged" in refusal(made(out.parent, recipes), desk)
    recipes.write_bytes(b"soup")
    assert "the database in it is damaged" in refusal(made(out.parent, recipes), desk)


def test_one_of_an_older_version_is_brought_up_to_date(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = at_desk(tmp_path / "old")
    of_the_first_release(old)
    with monkeypatch.context() as then:
        then.setattr(backup_file, "SCHEMA_VERSION", 1)
        file = made(tmp_path, old.db)
    restore(file, desk.db)
    assert len(desk.titles()) == 5
    assert desk.broken() == []
    assert desk.sql("select schema_version from about_file") == [(SCHEMA_VERSION,)]
    assert names(desk.folder) == THREE
    desk.take(WORK)


def test_sample_and_practice_are_not_mixed(desk: Desk, out: Path, tmp_path: Path, away_from_home: Path) -> None:
    sample = Desk(tmp_path / "sample")
    sample.folder.mkdir()
    load_sample(sample.db, day("2026-06-30"))
    back_up(sample.db, tmp_path / "sample.backup")
    end = "Name the other database with --db, or change over in the dashboard, then restore it."
    assert refusal(tmp_path / "sample.backup", desk) == f"sample.backup: it is of the sample practice. {end}"
    assert refusal(out, sample) == f"x.backup: it is of a practice, and this is the sample. {end}"
    for file, name in ((tmp_path / "sample.backup", "owner_time.duckdb"), (out, "sample.duckdb")):
        with pytest.raises(Refused, match="it is of "):
            restore(file, away_from_home / name)
    assert names(away_from_home) == []
    restore(tmp_path / "sample.backup", sample.db)
    assert names(sample.folder) == ["desk.duckdb", "desk.duckdb.key", "desk.practice.toml"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such rights")
def test_only_its_owner_may_read_it(desk: Desk, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert out.stat().st_mode & 0o777 == 0o600
    restore(out, desk.db)
    assert [path.stat().st_mode & 0o777 for path in (desk.db, desk.folder / "desk.duckdb.key")] == [0o600, 0o600]
    seen: list[int] = []
    write = backup_file.write

    def look(stream: Any, database: Path, *parts: bytes, is_sample: bool) -> None:
        seen.append(database.parent.stat().st_mode & 0o777)
        write(stream, database, *parts, is_sample=is_sample)

    monkeypatch.setattr(backup_file, "write", look)
    back_up(desk.db, out)
    assert seen == [0o700], "the copy that is packed lies in a folder of its owner alone"


def test_forgotten_titles_do_not_go_along(desk: Desk, tmp_path: Path) -> None:
    def has(word: bytes) -> bool:
        back_up(desk.db, tmp_path / "x.backup")
        with zipfile.ZipFile(tmp_path / "x.backup") as archive:
            return any(word in archive.read(name).lower() for name in archive.namelist())

    assert has(b"zq smith")
    desk.harm("update filings set title = null where title = 'Zq Smith'")  # its bytes stay until the file is written anew
    assert desk.has("zq smith")
    assert not has(b"zq smith")
    assert has(b"rota")
    assert names(desk.folder) == THREE


def test_one_held_by_another_process_is_said(desk: Desk, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.5)
    held = "desk.duckdb: another program has it open (process {}). Close that program, then try again."
    for how in ("False", "True"):  # one that writes keeps everybody out, one that reads those who write
        opening = f"import duckdb, time; con = duckdb.connect({str(desk.db)!r}, read_only={how})"
        code = f"{opening}; print('held', flush=True); time.sleep(60)"
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as holder:
            assert holder.stdout
            holder.stdout.readline()
            try:
                assert refusal(out, desk) == held.format(holder.pid)
            finally:
                holder.kill()
    restore(out, desk.db)


@pytest.mark.parametrize("step", range(4))
def test_a_step_that_fails_puts_the_old_back(step: int, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = at_desk(tmp_path / "other", PRACTICE.replace("Maple", "Oak"))
    other.take(MORE)
    back_up(other.db, tmp_path / "x.backup")
    moves: list[Path] = []

    def failing(new: Path, place: Path) -> None:
        moves.append(place)
        if len(moves) == step + 1:
            raise PermissionError("Permission denied")
        connection.replace(new, place)

    monkeypatch.setattr(beside, "replace", failing)
    assert refusal(tmp_path / "x.backup", desk).startswith("desk.duckdb: this folder or file may not be written to.")


def test_one_that_was_killed_half_way_is_taken_up(desk: Desk, tmp_path: Path) -> None:
    other = at_desk(tmp_path / "other", PRACTICE.replace("Maple", "Oak"))
    other.take(MORE)
    back_up(other.db, tmp_path / "x.backup")
    for step in range(1, 6):
        code = f"""
import os, signal
from pathlib import Path
from etl import backup
from etl.store import beside
moves = []
def killed(new, place, replace=beside.replace):
    replace(new, place)
    moves.append(place)
    if len(moves) == {step}:
        os._exit(9)
beside.replace = killed
backup.restore(Path({str(tmp_path / "x.backup")!r}), Path({str(desk.db)!r}))
"""
        back_up(desk.db, tmp_path / "mine.backup")
        before = everything(desk)
        assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 9
        if step < 5:  # the database is moved last
            assert everything(desk) == before
        restore(tmp_path / "mine.backup", desk.db)
        assert everything(desk) == before
        assert names(desk.folder) == THREE
        assert desk.load(WORK)[0].nothing_new


def test_what_a_killed_one_left_goes_when_text_is_forgotten(desk: Desk, tmp_path: Path) -> None:
    code = f"""
import os
from pathlib import Path
from etl import backup, backup_file
backup_file.write = lambda *parts, is_sample: os._exit(9)
backup.back_up(Path({str(desk.db)!r}), Path({str(tmp_path / "x.backup")!r}))
"""
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 9
    assert names(desk.folder) == ["desk.duckdb", "desk.duckdb.backup", *THREE[1:]]
    (desk.folder / "desk.duckdb.restore").write_bytes(b"Zq Smith")
    filing.file(desk.db, [Answer("clinical", titles=("Zq Smith",))])
    assert names(desk.folder) == THREE
    assert not desk.has("smith")


def test_what_cannot_be_backed_up_is_said(desk: Desk, tmp_path: Path) -> None:
    for bad in (desk.folder, desk.db, desk.practice, desk.folder / "desk.duckdb.key"):
        with pytest.raises(WrongUsage):
            back_up(desk.db, bad)
    with pytest.raises(StoreError, match=r"^x\.backup: its folder is not there"):
        back_up(desk.db, tmp_path / "nowhere" / "x.backup")
    with pytest.raises(StoreError, match=r"^none\.duckdb: there is no such database yet"):
        back_up(desk.folder / "none.duckdb", tmp_path / "x.backup")
    (desk.folder / "desk.duckdb.key").unlink()
    with pytest.raises(StoreError, match="this file is missing beside"):
        back_up(desk.db, tmp_path / "x.backup")
    assert names(desk.folder) == ["desk.duckdb", "practice.toml"]
    assert not (tmp_path / "x.backup").exists()


def test_a_backup_that_fails_leaves_the_older_one(desk: Desk, out: Path) -> None:
    before = out.read_bytes()
    (out.parent / "x.backup.new").mkdir()
    with pytest.raises(StoreError):
        back_up(desk.db, out)
    (out.parent / "x.backup.new").rmdir()
    assert out.read_bytes() == before


def test_the_command_line(desk: Desk, etl: Etl, tmp_path: Path) -> None:
    file = tmp_path / "x.backup"
    assert etl("backup", "--out", file) == (0, "x.backup: desk.duckdb is backed up, with its key and practice.toml.\n", "")
    desk.take(MORE)
    status, said, err = etl("restore", file)
    made_at = backup_file.about(file).made_at.astimezone()
    assert (status, err) == (0, "")
    assert said == (f"desk.duckdb is as it was backed up on {made_at:%Y-%m-%d at %H:%M}, with its key and practice.toml.\n")
    assert len(desk.titles()) == 3
    file.write_bytes(b"Zsecret")
    assert etl("restore", file) == (1, "", NONE + "\n")
    assert etl("backup", "--out", tmp_path)[0] == 2
    assert etl("backup")[0] == 2
    assert etl("restore")[0] == 2
