"""What is taken along holds the numbers of the report and of the marts, and nobody's words unless they are asked for."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from etl import along
from etl.__main__ import main
from etl.along.account import Account
from etl.along.asked import Asked, asked_for
from etl.along.tables import WORK, Table
from etl.model import ROLES
from etl.report import LABELS, report
from etl.store import open_read
from tests.along.desks import LOCATION, NAMES, Read, written
from tests.making import Desk, at_desk, calendar, event, log

FIRST, LAST = date(2026, 3, 2), date(2026, 4, 26)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return written(tmp_path_factory.mktemp("desk") / "desk")


def made(desk: Desk, words: bool = False, **more: Any) -> Account:
    with open_read(desk.db) as con:
        asked = asked_for(con, FIRST, LAST, words)
    return along.of(desk.db, Asked(**{name: getattr(asked, name) for name in asked.__slots__} | more))


def told(desk: Desk) -> dict[str, Any]:
    with open_read(desk.db) as con:
        return report(con, FIRST, LAST)


@pytest.mark.parametrize("words", [False, True])
def test_the_page_holds_every_value_of_the_tables(desk: Desk, words: bool) -> None:
    of = made(desk, words)
    shown = Read(along.page(of)).tables
    on_page = [t for t in of.tables.values() if t.question in shown]
    assert {t.name for t in on_page} >= {"Roles", "Weeks", "Locations", "Interruptions", "Topics", "Hand-overs", "Not counted"}
    for table in on_page:
        kept = [n for n in range(len(table.columns)) if any(row[n] not in (None, "") for row in table.rows)]
        heads, *rows = shown[table.question]
        assert [head for head, _ in heads] == [table.columns[n][0] for n in kept]
        assert len(rows) == len(table.rows) > 0
        for row, cells in zip(table.rows, rows, strict=True):
            for n, (text, value) in zip(kept, cells, strict=True):
                if isinstance(row[n], bool):
                    assert text == ("yes" if row[n] else "no")
                elif isinstance(row[n], int | float):
                    assert value == pytest.approx(row[n], abs=1e-6)
                    _reads(text, row[n], table.columns[n][1])
                elif isinstance(row[n], date):
                    assert value == row[n].isoformat()
                else:
                    assert text == (row[n] or ("–" if table.columns[n][1] != "text" else ""))


def _reads(text: str, value: float, kind: str) -> None:
    """The text says the value, as far as it is rounded."""
    plain = text.replace("−", "-").replace("+", "").replace("\u00a0", " ")
    if kind == "share":
        assert plain == "<1 %" or float(plain.removesuffix(" %")) == pytest.approx(100 * value, abs=0.51)
    elif kind in ("hours", "change") and plain != "no change":
        amount, unit = plain.split()
        assert float(amount) / (60 if unit == "min" else 1) == pytest.approx(value, abs=0.0501)
    elif kind == "number":
        assert float(plain) == pytest.approx(value, abs=0.0501)


def test_its_numbers_are_those_of_the_report(desk: Desk) -> None:
    of, said = made(desk), told(desk)
    tables = of.tables
    assert {name: row[1] for name, *row in _with_names(tables["Roles"])} == pytest.approx(
        {LABELS[role]: said["by_role"][role] for role in ROLES}, abs=1e-5
    )
    assert {(where, role): hours for where, role, hours, *_ in tables["Locations by role"].rows} == pytest.approx(
        {(where, LABELS[role]): hours for where, roles in said["by_location"].items() for role, hours in roles.items()}, abs=1e-5
    )
    for where, every, *roles, _, _ in tables["Locations"].rows:
        by_role = [said["by_location"][where][role] / said["weeks"] for role in WORK]
        assert (roles, every) == (pytest.approx(by_role, abs=1e-5), pytest.approx(sum(by_role), abs=1e-5))
    steps = {s["step"]: (s["hours"], s["occurrences"]) for s in said["waterfall"] if s["hours"] or s["occurrences"]}
    assert {step: (hours, events) for step, hours, events in tables["Not counted"].rows} == steps
    assert "At the same time as another" in steps
    for nth, role in enumerate(ROLES, 1):
        assert sum(row[nth] for row in tables["Weeks"].rows) == pytest.approx(said["by_role"][role], abs=1e-5)


def _with_names(table: Table) -> list[tuple[Any, ...]]:
    return [(row[0], *row) for row in table.rows]


def test_what_is_asked_is_what_the_marts_say(desk: Desk) -> None:
    of = made(desk)
    days: dict[str, Any] = {"from_day": FIRST, "to_day": LAST}
    where = days | {"locations": None}
    topics = desk.ask("hand_over_topics", **where)
    assert [row[1:] for row in of.tables["Topics"].rows] == [
        (t["pulls"], t["locations"], t["low_hours_a_week"], t["high_hours_a_week"]) for t in topics
    ]
    assert list(of.tables["Where they found you"].rows) == [
        (p["about_location"], p["was"], p["pulls"], p["hours"]) for p in desk.ask("pulls_by_location", **where)
    ]
    facts = {(f["location"], f["fact"]): f["value"] for f in desk.ask("location_facts", **where)}
    assert {row[0]: row[1:] for row in of.tables["Interruptions"].rows} == {
        name: tuple(facts[name, fact] for fact in ("Pulls", "Hours of pulls", "Pulls while with patients"))
        for name in ("North", LOCATION, "Practice-wide")
    }
    assert of.log == desk.ask("log_trust", **where)[0]
    assert of.fits == desk.ask("hand_over", **where)[0]
    before = {**where, "before_from": date(2026, 1, 5), "before_to": date(2026, 3, 1)}
    assert list(of.roles) == desk.ask("hours_by_role", **before)
    assert of.roles[0]["hours_before"] > 0


def test_the_sentences_say_the_numbers(desk: Desk) -> None:
    # A week: 4 h of surgery, half an hour of rota, 1 h of review, and 1 h 20 min of strategy with half an hour of meeting in it.
    text = Read(along.page(made(desk))).text
    assert "You led 0.8 of your 6.8 hours a week; your target is 8." in text
    assert "Mar 2, 2026 to Apr 26, 2026, 8 weeks, all locations. Before: Jan 5, 2026 to Mar 1, 2026." in text
    assert "The log of interruptions was kept on 16 of 16 working days" in text


def test_locations_that_were_chosen(desk: Desk) -> None:
    of = made(desk, locations=("North",))
    assert {row[0] for row in of.tables["Locations"].rows} == {"North"}
    text = Read(along.page(of)).text
    assert "8 weeks, North." in text
    assert "target" not in text  # it is one for all locations


@pytest.mark.parametrize(
    "make", [lambda of: along.page(of).encode(), along.workbook, lambda of: along.zipped(along.csv_files(of))]
)
def test_nobodys_words_unless_asked_for(desk: Desk, make: Callable[[Account], bytes]) -> None:
    plain, with_words = _readable(make(made(desk))), _readable(make(made(desk, words=True)))
    for name in NAMES:
        if name not in ("http:", "HYPERLINK") or plain.startswith(b"<!doctype"):  # words of Excel's format too
            assert name.lower().encode() not in plain, name
    for name in ("Stoat", "Heron", "Lemming", "Zebedee", "Walrus"):
        assert name.lower().encode() in with_words, name
    assert b"ottoline" not in with_words  # who asked is in none of the pictures
    assert b"topic 1" in plain
    assert b"events 1" in plain
    assert b"north" in plain


def _readable(data: bytes) -> bytes:
    """All bytes, those within a zip unpacked, in small letters."""
    if data[:2] != b"PK":
        return data.lower()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return b"\n".join(name.encode() + packed.read(name) for name in packed.namelist()).lower()


def test_a_topic_has_the_same_number_wherever_it_stands(desk: Desk) -> None:
    plain, with_words = made(desk), made(desk, words=True)
    named = {
        (a, b) for name in ("Topics", "Hand-overs")
        for (a, *_), (b, *_) in zip(plain.tables[name].rows, with_words.tables[name].rows, strict=True)
    }  # fmt: skip
    assert len(named) == len({a for a, _ in named}) == 3


@pytest.mark.parametrize("words", [False, True])
def test_the_page_asks_nobody_and_runs_nothing(desk: Desk, words: bool) -> None:
    text = along.page(made(desk, words))
    read = Read(text)
    names = [tag for tag, _ in read.tags]
    assert not {"script", "link", "iframe", "img", "object", "b", "i", "a"} & set(names)
    assert not [a for _, attrs in read.tags for a in attrs if a.startswith("on") or a in ("src", "href", "srcset", "action")]
    assert "url(" not in text
    assert "@import" not in text
    (policy,) = [attrs["content"] for _, attrs in read.tags if attrs.get("http-equiv") == "Content-Security-Policy"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert LOCATION in read.text
    pictures = [attrs for tag, attrs in read.tags if tag == "svg" and "aria-hidden" not in attrs]
    assert len(pictures) >= 7
    assert all(p["role"] == "img" and str(p["aria-label"]).endswith(".") for p in pictures)
    assert names.count("caption") == names.count("table") > 5
    assert [n for n in names if n in ("h1", "h2")] == ["h1"] + ["h2"] * (names.count("h2"))
    assert dict(read.tags)["html"] == {"lang": "en"}


def test_the_workbook_holds_every_value_of_the_tables(desk: Desk) -> None:
    of = made(desk, words=True)
    book = openpyxl.load_workbook(io.BytesIO(along.workbook(of)))
    assert book.sheetnames == ["About", *of.tables]
    for table in of.tables.values():
        sheet = book[table.name]
        assert [sheet["A1"].value, sheet["A2"].value] == [table.question, table.note]
        heads, *rows = sheet.iter_rows(min_row=3)
        assert [cell.value for cell in heads] == [head for head, _ in table.columns]
        assert len(rows) == len(table.rows)
        for row, cells in zip(table.rows, rows, strict=True):
            for value, cell, (_, kind) in zip(row, cells, table.columns, strict=True):
                assert cell.hyperlink is None
                if isinstance(value, bool):
                    assert cell.value == ("yes" if value else "no")
                elif isinstance(value, int | float):
                    assert (cell.data_type, cell.value) == ("n", pytest.approx(value, abs=1e-9))
                    assert ("%" in cell.number_format) == (kind == "share")
                elif isinstance(value, date):
                    assert cell.is_date
                    assert cell.value == datetime(value.year, value.month, value.day)
                else:
                    assert cell.value == (value or None)
                    assert cell.data_type == ("s" if value else "n")
    about = [cell.value for cell in book["About"]["A"]]
    assert {"Practice", "Days", "Compared with", "How it was counted", *of.tables} <= set(about)


def test_the_tables_as_csv(desk: Desk) -> None:
    of = made(desk, words=True)
    files = along.csv_files(of)
    assert len(files) == len(of.tables) + 1
    rows = list(csv.reader(io.StringIO(files["roles.csv"].decode("utf-8-sig"))))
    assert rows[0] == [head for head, _ in of.tables["Roles"].columns]
    assert [float(row[1]) for row in rows[1:]] == pytest.approx([row[1] for row in of.tables["Roles"].rows], abs=1e-6)
    for data in files.values():
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
            assert not [cell for cell in row if cell.startswith(("=", "+", "@"))]


def test_the_command_writes_them(desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    days = ["--from", FIRST.isoformat(), "--to", LAST.isoformat(), "--db", str(desk.db)]
    html, xlsx, folder = tmp_path / "c.html", tmp_path / "c.xlsx", tmp_path / "c"
    assert main(["report", *days, "--html", str(html), "--xlsx", str(xlsx), "--csv", str(folder)]) == 0
    of = made(desk)
    assert html.read_text("utf-8") == along.page(of)
    assert _readable(xlsx.read_bytes()) == _readable(along.workbook(of))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == along.csv_files(of)
    assert {path.name for path in tmp_path.iterdir()} == {"c.html", "c.xlsx", "c"}
    assert "c.html: the page for the coach." in capsys.readouterr().out
    assert main(["report", *days, "--html", str(html), "--words"]) == 0
    assert html.read_text("utf-8") == along.page(made(desk, words=True))


def test_a_page_that_cannot_be_written_leaves_the_older_one(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    html = tmp_path / "c.html"
    html.write_text("older")
    in_the_way = tmp_path / "c.html.new"
    in_the_way.mkdir()
    (in_the_way / "somebody's").write_text("own")
    assert main(["report", "--db", str(desk.db), "--html", str(html)]) == 1
    assert html.read_text() == "older"
    assert (in_the_way / "somebody's").read_text() == "own"
    assert "c.html" in capsys.readouterr().err
    assert main(["report", "--db", str(desk.db), "--html", str(tmp_path / "nowhere" / "c.html")]) == 1


def test_an_empty_practice_has_a_page_too(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk")
    desk.take(("work.ics", calendar("Work", event("Payroll", "2026-01-07 09:00", "10:00", "STATUS:CANCELLED"))))
    with open_read(desk.db) as con:
        of = along.account(con, asked_for(con, None, None, False))
    text = Read(along.page(of)).text
    assert "No counted hours in these days." in text
    assert "Nothing was handed over yet." in text
    assert along.workbook(of)[:2] == b"PK"


def test_it_is_written_as_the_practices_country_writes(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk", '[practice]\ntime_zone = "Europe/Berlin"\n')
    desk.take(("work.ics", calendar("Work", event("Strategy", "2026-03-02 08:00", "10:30"))))
    with open_read(desk.db) as con:
        text = Read(along.page(along.account(con, asked_for(con, None, None, False)))).text
    assert "You led 2,5 of your 2,5 hours" in text
    assert "known up to 2 Mar 2026" in text


def test_days_that_only_the_log_knows_are_told_so(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk")
    desk.take(
        ("work.ics", calendar("Work", event("Strategy", "2026-03-02 09:00", "15:00"))),
        ("log.csv", log("2026-03-10 10:00,6,North,desk,stock,yes")),
    )
    told = "The calendars end on 2 Mar 2026: what is newer is of the log alone."
    for last, so in ((date(2026, 3, 9), True), (date(2026, 3, 8), False)):
        of = along.of(desk.db, Asked(FIRST, last))
        assert (told in along.page(of)) is so
