"""Planted secrets along every path: none is left in any byte of any file, message or export, and a control word always is."""

import io
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from etl import backup, changes, correct, filing, leave
from etl.waiting import waiting
from tests.making import PRACTICE, Desk, at_desk, calendar, event, log

CLINICAL = [f"zq{name}" for name in ("rex", "bello", "luna", "milo", "coco", "otis")]  # patients, in titles
BURIED = [
    f"zx{name}"
    for name in (
        "place",
        "categ",
        "uid",
        "mail",
        "orga",
        "attend",
        "descr",
        "dial",
        "alarm",
        "attach",
        "prop",
        "note",
        "bad",
        "rule",
    )
]
SECRETS = CLINICAL + BURIED
CONTROL = "wxcontrol"
ROOT = Path(__file__).parents[1]

EVENTS = (
    event(
        f"Consult {CLINICAL[0]} Smith", "2026-01-05 09:00", "10:00",
        place=f"Room {BURIED[0]}", category=BURIED[1], uid=f"{BURIED[2]}@example.com",
    ),
    event(f"{CLINICAL[1]} ear", "2026-01-05 10:00", "11:00", uid="wait1"),
    event(f"{CLINICAL[2]} eye", "2026-01-05 11:00", "12:00", uid="wait2"),
    event(f"{CLINICAL[3]} leg", "2026-01-05 13:00", "14:00", "RRULE:FREQ=WEEKLY;COUNT=3", uid="wait3"),
    event(f"{CLINICAL[4]} paw", "2026-01-06 09:00", "10:00", uid="wait4"),
    event(
        f"{CONTROL} payroll {BURIED[3]}@example.com", "2026-01-06 10:00", "11:00",
        f"ORGANIZER;CN={BURIED[4]}:mailto:{BURIED[4]}@example.com",
        f"ATTENDEE;CN={BURIED[5]}:mailto:{BURIED[5]}@example.com",
        f"DESCRIPTION:{BURIED[6]} code",
        f"ATTACH:https://example.com/{BURIED[9]}",
        f"X-{BURIED[10].upper()}:{BURIED[10]}",
        f"BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nDESCRIPTION:{BURIED[8]}\r\nEND:VALARM",
        place=f"https://zoom.us/j/{BURIED[7]}?pwd={BURIED[7]}", uid="kept",
    ),
)  # fmt: skip
REST = calendar("Clinic", *(event(f"{CLINICAL[5]} no {n}", f"2026-02-{n:02} 09:00", "10:00", uid=f"r{n}") for n in range(1, 9)))
LOG = log(f"2026-01-05 09:10,5,North,front desk,{CONTROL},yes,,phone,call {BURIED[11]}@example.com")


def forms(data: bytes) -> Iterable[bytes]:
    """The bytes as they are, as UTF-16, and what lies in an archive."""
    yield data.lower()
    yield data.replace(b"\0", b"").lower()
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode().lower()
                yield from forms(archive.read(name))


def found(data: bytes) -> set[str]:
    """Which secrets, or the control word, are in some bytes."""
    return {word for form in forms(data) for word in (*SECRETS, CONTROL) if word.encode() in form}


def in_files(*folders: Path) -> set[str]:
    """The same for all files of folders, and their names."""
    words: set[str] = set()
    for folder in folders:
        for path in folder.rglob("*"):
            words |= found(path.name.encode())
            if path.is_file():
                words |= found(path.read_bytes())
    return words


def settled(desk: Desk) -> None:
    """File all that waits as clinical: by title, by event, by series, by the rest of its calendar, and as it is suggested."""
    ids = {title: number for number, title in desk.sql("select occurrence_id, title from occurrences order by occurrence_id")}
    filing.file(desk.db, [filing.Answer("clinical", titles=(f"{CLINICAL[1]} ear",))])
    filing.file(desk.db, [correct.answer_for(desk.db, ids[f"{CLINICAL[2]} eye"], "event", "clinical")])
    filing.file(desk.db, [correct.answer_for(desk.db, ids[f"{CLINICAL[3]} leg"], "series", "clinical")])
    filing.file(desk.db, [filing.Answer("clinical", titles=(f"{CLINICAL[4]} paw",), exact=True)])
    filing.file(desk.db, [filing.Answer("clinical", calendar="Clinic")])


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = at_desk(tmp_path / "desk", PRACTICE.replace("owner@example.com", "me@example.com"))
    desk.take(("work.ics", calendar("Work", *EVENTS)), ("clinic.ics", REST), ("log.csv", LOG))
    settled(desk)
    return desk


def command(desk: Desk, *arguments: str | Path, tmp: Path | None = None) -> bytes:
    """What a command says, both ways; its temporary files go to `tmp`."""
    env = os.environ | {"PYTHONPATH": str(ROOT)} | ({"TMPDIR": str(tmp)} if tmp else {})
    ran = subprocess.run([sys.executable, "-m", "etl", *arguments, "--db", desk.db], capture_output=True, env=env, check=False)
    return ran.stdout + ran.stderr


def test_the_scan_finds_what_is_planted_in_every_form(tmp_path: Path) -> None:
    for number, data in enumerate((b"xx ZQREX", "zqrex".encode("utf-16"), zipped(b"zqrex wxcontrol"))):
        (tmp_path / str(number)).write_bytes(data)
        assert "zqrex" in in_files(tmp_path)
        (tmp_path / str(number)).unlink()
    desk = at_desk(tmp_path / "desk")
    desk.take(("work.ics", calendar("Work", *EVENTS)))
    assert {CLINICAL[1], CLINICAL[4], CONTROL} <= in_files(desk.folder)  # these wait for their owner


def zipped(data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner", data)
    return made.getvalue()


def test_load_and_filing_as_clinical(desk: Desk) -> None:
    assert in_files(desk.folder) == {CONTROL}
    assert {role for role, _ in desk.hours()} == {"clinical", "management"}


def test_loading_again_and_a_newer_export(desk: Desk) -> None:
    more = event(f"{CLINICAL[1]} ear 2", "2026-01-07 09:00", "10:00", uid="again")
    desk.take(("work.ics", calendar("Work", *EVENTS, more)), ("clinic.ics", REST.replace(b"X-", b"X-A-") + b""))
    assert in_files(desk.folder) == {CONTROL}
    desk.harm("update sources set content_key = ''")
    desk.take(("work.ics", calendar("Work", *EVENTS, more)), ("clinic.ics", REST))
    assert in_files(desk.folder) == {CONTROL}


def test_undo_of_a_load_and_of_a_step(desk: Desk) -> None:
    desk.take(("work.ics", calendar("Work", *EVENTS, event(f"{CLINICAL[5]} zz", "2026-01-08 09:00", "10:00", uid="new"))))
    assert CLINICAL[5] in in_files(desk.folder)  # it waits
    changes.undo_last_load(desk.db)
    assert in_files(desk.folder) == {CONTROL}
    again = desk.folder / "again"
    again.mkdir()
    other = at_desk(again)
    other.take(("work.ics", calendar("Work", *EVENTS)))
    step = filing.file(
        other.db,
        [
            filing.Answer(
                "clinical", titles=tuple(f"{n} {w}" for n, w in zip(CLINICAL[1:5], ("ear", "eye", "leg", "paw"), strict=True))
            )
        ],
    )
    filing.undo(other.db, step)
    assert CLINICAL[1] in in_files(again)
    group = filing.Answer("clinical", titles=tuple(title for each in waiting(other.db).groups for title in each.titles))
    filing.file(other.db, [group])
    assert in_files(again) == {CONTROL}


def test_export_report_and_leave(desk: Desk, tmp_path: Path) -> None:
    out, tmp = tmp_path / "out", tmp_path / "tmp"
    out.mkdir()
    tmp.mkdir()
    said = b""
    for table in ("sources", "occurrences", "interruptions", "time_slices"):
        for ending in ("csv", "parquet", "xlsx"):
            said += command(desk, "export", table, "--out", out / f"{table}.{ending}", tmp=tmp)
    said += command(desk, "export", "time_slices", "--out", out / "slices.ics", tmp=tmp)
    said += command(desk, "report") + command(desk, "report", "--json") + command(desk, "check")
    assert len(list(out.iterdir())) == 13
    assert found(said) == set()
    assert json.loads(command(desk, "report", "--json"))
    assert in_files(out) == {CONTROL}
    assert not list(tmp.iterdir())
    assert found(leave.as_zip(desk.db)) == {CONTROL}


def test_a_backup_and_what_is_restored_from_it(desk: Desk, tmp_path: Path) -> None:
    data = backup.as_bytes(desk.db)
    assert found(data) == {CONTROL}
    other = at_desk(tmp_path / "other", "")
    backup.restore(("own.backup", data), other.db)
    assert in_files(other.folder) == {CONTROL}
    assert other.hours() == desk.hours()


def test_refusals_say_nothing_of_what_they_refuse(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    bad = calendar("Work", event(f"Consult {BURIED[12]}", "2026-01-05 09:00", "10:00", f"RRULE:FREQ=NEVER;X={BURIED[12]}"))
    (folder / "bad.ics").write_bytes(bad.replace(b"END:VEVENT", f"DTSTART:{BURIED[12]}".encode()))
    (folder / "cut.ics").write_bytes(calendar("Work", *EVENTS)[:-60])
    (folder / "log.csv").write_bytes(LOG + f"{BURIED[12]},x,{BURIED[12]}\n".encode())
    before = desk.hours()
    said = command(desk, "load", *sorted(folder.iterdir()))
    assert said.count(b"line") >= 2
    assert found(said) == set()
    (folder / "practice.toml").write_text(f"[[rule]]\nrole = 'personal'\ntitle = '({BURIED[13]}'\n")
    said = command(desk, "load", folder / "bad.ics", "--practice", folder / "practice.toml")
    assert b"practice.toml, line 3" in said
    assert found(said) == set()
    assert desk.hours() == before
    assert in_files(desk.folder) == {CONTROL}


def test_a_crash_and_a_broken_file_say_nothing(desk: Desk, tmp_path: Path) -> None:
    whole = desk.db.read_bytes()
    broken = at_desk(tmp_path / "broken", "")
    shutil.copy(desk.folder / "desk.duckdb.key", broken.folder / "desk.duckdb.key")
    for at in range(4096, len(whole), max(len(whole) // 4, 1)):
        broken.db.write_bytes(whole[:at] + b"\xff" * 64 + whole[at + 64 :])
        for asked in (("report",), ("check",)):
            assert not found(command(broken, *asked)) - {CONTROL}


@pytest.mark.skipif(os.name != "posix", reason="kills as Unix does")
def test_a_load_that_is_killed_leaves_no_clinical_title_anywhere(tmp_path: Path) -> None:
    many = [
        event(f"Consult {CLINICAL[n % 6]} no {n}", f"2026-0{1 + n % 9}-{1 + n % 28:02} 09:00", "10:00", uid=f"u{n}")
        for n in range(4000)
    ]
    file = tmp_path / "many.ics"
    file.write_bytes(calendar("Work", *many, EVENTS[-1]))
    seen: set[str] = set()
    for wait in (0.25, 0.35, 0.45, 0.6, 0.8):
        desk, tmp = at_desk(tmp_path / f"desk{wait}"), tmp_path / f"tmp{wait}"
        tmp.mkdir()
        env = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp)}
        process = subprocess.Popen(
            [sys.executable, "-m", "etl", "load", file, "--db", desk.db],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        ends = time.monotonic() + wait
        while time.monotonic() < ends and process.poll() is None:
            seen |= in_files(desk.folder, tmp)  # the write-ahead log and spilled rows too
        process.kill()
        assert found(process.communicate()[0]) <= set()
        seen |= in_files(desk.folder, tmp)
    desk = at_desk(tmp_path / "whole")
    command(desk, "load", file)
    assert in_files(desk.folder) == {CONTROL}
    assert seen <= {CONTROL}
