"""The README says what the program does: its commands, outputs, columns, examples and links are tried out."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from etl.export import COLUMNS
from etl.extract.interruption_log import COLUMNS as LOG_COLUMNS
from etl.practice import CONDITIONS, parse
from etl.store import open_read, open_write
from tests.conftest import ROOT, RunEtl

README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = [(m[1], m[2]) for m in re.finditer(r"^```(\w*)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)]
COMMANDS = ("load", "undo", "log", "leave", "backup", "restore", "sample", "report", "export", "check")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")

OWNER = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//EN
X-WR-CALNAME:Owner
BEGIN:VEVENT
UID:meeting
DTSTART;TZID=America/Toronto:20260914T100000
DTEND;TZID=America/Toronto:20260914T110000
SUMMARY:Staff meeting
LOCATION:North
END:VEVENT
BEGIN:VEVENT
UID:review
DTSTART;TZID=America/Toronto:20260914T150000
DTEND;TZID=America/Toronto:20260914T163000
SUMMARY:Strategy review
END:VEVENT
BEGIN:VEVENT
UID:breakfast
DTSTART;TZID=America/Toronto:20260914T080000
DTEND;TZID=America/Toronto:20260914T084500
SUMMARY:Chamber of commerce breakfast
ATTENDEE;PARTSTAT=DECLINED:mailto:owner@example.com
END:VEVENT
BEGIN:VEVENT
UID:catch-up
DTSTART;TZID=America/Toronto:20260914T130000
DTEND;TZID=America/Toronto:20260914T133000
SUMMARY:Catch-up
LOCATION:12 Mill Road
END:VEVENT
END:VCALENDAR
"""
CLINIC = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//EN
X-WR-CALNAME:Clinic schedule North
BEGIN:VEVENT
UID:list
DTSTART;TZID=America/Toronto:20260914T090000
DTEND;TZID=America/Toronto:20260914T120000
SUMMARY:Surgery list
END:VEVENT
END:VCALENDAR
"""
WRONG = "started_at,minutes\n2026-09-14 10:20,ten\n"


def block(language: str, holding: str = "") -> str:
    """The one code block of that language with that text in it."""
    (found,) = [text for kind, text in BLOCKS if kind == language and holding in text]
    return found


def table(heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, without its first two lines."""
    section = re.split(r"^#+ ", README.split(f"\n{heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


@pytest.fixture
def day(tmp_path: Path) -> Path:
    """A folder with the files that the README's examples load, and a database folder with its practice.toml."""
    for name, text in (("owner.ics", OWNER), ("clinic.ics", CLINIC), ("wrong.csv", WRONG)):
        (tmp_path / name).write_text(text, "utf-8", newline="\r\n" if name.endswith(".ics") else "\n")
    (tmp_path / "interruptions.csv").write_text(block("csv"), "utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "practice.toml").write_text(block("toml"), "utf-8")
    return tmp_path


def run_in(day: Path, run_etl: RunEtl, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_etl(*arguments, cwd=day, env={"OWNER_TIME_DB": str(day / "data" / "owner_time.duckdb")})


def test_the_console_shows_what_the_program_prints(day: Path, run_etl: RunEtl) -> None:
    commands = re.split(r"^\$ ", block("console"), flags=re.MULTILINE)[1:]
    assert len(commands) >= 5
    for command in commands:
        line, _, printed = command.partition("\n")
        python, m, etl, *arguments = shlex.split(line)
        assert (python, m, etl) == ("python", "-m", "etl")
        ran = run_in(day, run_etl, *arguments)
        assert ran.stdout + ran.stderr == printed, line
        assert ran.returncode == (1 if "Not taken" in printed else 0), line


def test_the_drawn_morning_is_counted_as_its_table_says(day: Path, run_etl: RunEtl) -> None:
    assert run_in(day, run_etl, "load", "owner.ics", "clinic.ics", "interruptions.csv").returncode == 0
    with open_read(day / "data" / "owner_time.duckdb") as con:
        con.execute("set TimeZone = 'America/Toronto'")
        slices = con.execute(
            """select strftime(starts_at, '%H:%M'), strftime(ends_at, '%H:%M'), role, location,
                coalesce(displaced_role || ' at ' || displaced_location, '')
            from time_slices where starts_at < '2026-09-14 12:30:00' order by starts_at"""
        ).fetchall()
        assert [list(row) for row in slices] == table("## How hours are counted")
        hours = con.execute(block("sql")).fetchall()
    assert dict(hours) == {"clinical": 2.0, "leadership": 1.5, "management": 1.0, "unclassified": 0.5}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_names_the_options_a_command_has_and_no_others(command: str, run_etl: RunEtl) -> None:
    has = set(OPTION.findall(run_etl(command, "--help").stdout)) - {"--help"}
    (usage,) = re.findall(rf"^python -m etl {command} (?!owner).*$", block("sh", "python -m etl load"), re.MULTILINE)
    assert set(OPTION.findall(usage)) == has


def test_the_readme_names_the_commands_there_are(run_etl: RunEtl) -> None:
    listed = re.findall(r"^    (\w+) ", run_etl("--help").stdout, re.MULTILINE)
    assert set(listed) == set(COMMANDS) == set(re.findall(r"python -m etl (\w+)", README))


def test_start_py_has_the_options_the_readme_names() -> None:
    helped = subprocess.run([sys.executable, "start.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    named = set(re.findall(r"python start\.py (--[a-z-]+)", README))
    assert named == set(OPTION.findall(helped)) - {"--help"}
    assert "start.py test" in helped


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_in_the_readme_is_in_a_fresh_database(name: str, tmp_path: Path) -> None:
    db = tmp_path / "fresh.duckdb"
    with open_write(db):
        pass
    columns = [row[0].strip("`") for row in table(f"### `{name}`")]
    assert columns == [column.strip() for column in COLUMNS[name].split(",")]
    with open_read(db) as con:
        assert con.execute(f"select {', '.join(columns)} from {name}").fetchall() == []


def test_the_reasons_and_deciders_in_the_readme_are_those_of_the_program() -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "etl" / "transform").iterdir() if path.suffix in (".py", ".sql"))
    cells = {row[0].strip("`"): row[1] for row in table("### `occurrences`")}
    for column in ("not_counted_because", "decided_by"):
        for word in re.findall(r"`([^`]+)`", cells[column]):
            quoted = (f'"{word}"', f"'{word}'", 'f"rule {', '"cancelled", "declined"')
            assert any(text in code for text in quoted), word


def test_the_practice_in_the_readme_is_read() -> None:
    practice = parse(block("toml"))
    assert practice.name == "Maple Veterinary Group"
    assert practice.location_names == ("North", "Riverside")
    assert practice.leadership_target == 8
    assert not practice.keep_clinical_titles
    assert [rule.role for rule in practice.rules] == ["leadership", "management", "clinical"]
    assert practice.rules[2].title_keys
    for condition in CONDITIONS:
        assert re.search(rf"\b{condition}\b", block("toml"))


def test_the_log_in_the_readme_has_all_columns() -> None:
    assert [row[0].strip("`") for row in table("## The interruption log")] == list(LOG_COLUMNS)
    assert set(block("csv").splitlines()[0].split(",")) <= set(LOG_COLUMNS)


def test_a_rule_for_one_whole_title_finds_it_after_it_was_dropped(day: Path, run_etl: RunEtl) -> None:
    (said,) = re.findall(r"`title = ('\^[^`]+\$')`", README)
    assert run_in(day, run_etl, "load", "clinic.ics").returncode == 0
    practice = day / "data" / "practice.toml"
    practice.write_text(practice.read_text("utf-8") + f"\n[[rule]]\nrole = 'management'\ntitle = {said}\n", "utf-8")
    assert "nothing new" in run_in(day, run_etl, "load", "clinic.ics").stdout
    with duckdb.connect(str(day / "data" / "owner_time.duckdb"), read_only=True) as con:
        assert con.execute("select role, title from occurrences").fetchall() == [("management", None)]


def test_every_link_and_path_in_the_readme_leads_somewhere() -> None:
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```$", "", README, flags=re.DOTALL | re.MULTILINE), re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    for target in re.findall(r"\]\(([^)\s]+)\)", README):
        if target.startswith("#"):
            assert target[1:] in anchors, target
        elif not target.startswith("https://"):
            assert (ROOT / target).is_file(), target
    for path in re.findall(r"`((?:etl|data|pages|tests|\.ci)/[\w./]*)`", README):
        assert (ROOT / path).exists() or path.startswith("data/owner_time"), path


def test_the_changelog_has_the_version_of_the_program() -> None:
    version = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert version is not None
    assert f"## [{version[1]}] - " in (ROOT / "CHANGELOG.md").read_text("utf-8")
