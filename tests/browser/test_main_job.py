"""The main job: from two calendars and a log to locations side by side, the page saying what the report says.

Two weeks of March 2026 in Toronto, which put its clocks forward on Sunday, 8 March, at 2:00. Every number below was
worked out by hand; W is where the hours ended up.

    Mon 2   09:00 clinic at North to 12:00 (3 h), the staff meeting inside it from 10:00 (15:00 UTC) to 11:00;
            a call about North at 09:30, 12 min                       clinical N 1.8   management N 1.2
    Tue 3   strategy, 2 h (19:00 UTC), no place, but the day is marked "At Riverside";
            a question from there at 14:20, 30 min                    leadership R 1.5   management R 0.5
    Wed 4   budget review: declined                                   nothing
    Thu 5   "Zephyr", 1.5 h: nobody knows what it is                  not filed 1.5, later leadership R
    Fri 6   payroll, 1 h, on both calendars                           management W 1
    Sat 7   an emergency at Riverside from 23:00 to 05:00 on Sunday:
            six hours on the clock, five in life                      clinical R 5
    Mon 9   clinic at North, 3 h; the staff meeting stays at 15:00 UTC, now 11:00 to 12:00;
            a question from Riverside at 11:30, 18 min                clinical N 2   management N 0.7, R 0.3
    Tue 10  strategy, 1.5 h, no place; after hours, at 20:00, a call of 15 min about nothing in particular
                                                                      leadership W 1.5   management W 0.25
    Thu 12  "Zephyr", 1.5 h                                           not filed 1.5, later leadership R
    Sun 15  gym, 1 h                                                  personal W 1

N North, R Riverside, W Practice-wide.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.command_line import etl
from tests.browser.server import Server, serving
from tests.browser.streamlit_page import choose, click, expect_words, go_to, open_page, settle, table, text, upload, visiting
from tests.browser.tables import numbers, opened, read
from tests.making import calendar, event, log

TORONTO = "America/Toronto"
OWNER = calendar(
    "Owner",
    event("Staff meeting", "2026-03-02 15:00", "16:00", "RRULE:FREQ=WEEKLY;COUNT=2", place="North"),
    event("At Riverside", "2026-03-03"),
    event("Strategy", "2026-03-03 19:00", "21:00"),
    event("Budget review", "2026-03-04 15:00", "17:00", "ATTENDEE;PARTSTAT=DECLINED:mailto:owner@example.com"),
    event("Zephyr", "2026-03-05 15:00", "16:30"),
    event("Payroll", "2026-03-06 18:00", "19:00", uid="payroll"),
    event("Strategy", "2026-03-10 18:00", "19:30"),
    event("Zephyr", "2026-03-12 14:00", "15:30"),
    event("Gym", "2026-03-15 14:00", "15:00"),
)
CLINIC = calendar(
    "Clinic",
    event("Consults: Lovelace", "2026-03-02 09:00", "12:00", "RRULE:FREQ=WEEKLY;COUNT=2", zone=TORONTO, place="12 Mill Road"),
    event("Payroll", "2026-03-06 13:00", "14:00", uid="payroll", zone=TORONTO),
    event("Emergency", "2026-03-07 23:00", "2026-03-08 05:00", zone=TORONTO, place="the river side"),
)
LOG = log(
    "2026-03-02 09:30,12,North,front desk,supplier order,yes",
    "2026-03-03 14:20,30,river side,nurse,rota,no",
    "2026-03-09 11:30,18,Riverside,front desk,rota,yes",
    "2026-03-10 20:00,15",
)
FILES = [("owner.ics", OWNER), ("clinic.ics", CLINIC), ("pulls.csv", LOG)]
DAYS = "period=Between+two+days&from=2026-03-02&to=2026-03-15"

BY_ROLE = {
    "leadership": 6.0,  # R 1.5 + R 1.5 + R 1.5, W 1.5
    "management": 3.95,  # N 1.2 + N 0.7, R 0.5 + R 0.3, W 1 + W 0.25
    "clinical": 8.8,  # N 1.8 + N 2, R 5
    "unclassified": 0.0,
    "personal": 1.0,
}
BY_LOCATION = {
    "North": {"leadership": 0.0, "management": 1.9, "clinical": 3.8, "unclassified": 0.0, "personal": 0.0},
    "Riverside": {"leadership": 4.5, "management": 0.8, "clinical": 5.0, "unclassified": 0.0, "personal": 0.0},
    "Practice-wide": {"leadership": 1.5, "management": 1.25, "clinical": 0.0, "unclassified": 0.0, "personal": 1.0},
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for this file's tests: the first of them loads, the others read."""
    with serving(tmp_path_factory.mktemp("main_job")) as running:
        yield running


@pytest.fixture(scope="module")
def practice(browser: Browser, server: Server) -> Server:
    """The server after an owner's first ten minutes at the page: files in, settings made, the one open title filed."""
    with visiting(browser, server.address) as visit:
        load_the_files(visit.page, server)
        set_the_practice(visit.page)
        load_again_what_is_asked_for(visit.page)
        file_the_title(visit.page)
    assert not visit.strangers
    return server


def load_the_files(page: Page, server: Server) -> None:
    open_page(page, server.address)
    upload(page, *FILES)
    click(page, "Load 3 files")
    for said in ("owner.ics is loaded", "clinic.ics is loaded", "pulls.csv is loaded"):
        expect_words(page, said)
    expect_words(page, "3 h not filed yet")  # Zephyr, twice 1.5 h


def set_the_practice(page: Page) -> None:
    """Before this, days are those of UTC and no location has a name."""
    go_to(page, "Data")
    page.get_by_role("tab", name="Practice").click()
    settle(page)
    page.get_by_role("textbox", name="Name of the practice").fill("Maple")
    page.get_by_role("textbox", name="Your mail addresses").fill("owner@example.com")
    zone = page.get_by_role("combobox", name="Time zone")
    zone.fill("Toronto")
    page.get_by_role("option", name=TORONTO).click()
    for place, (name, words) in enumerate([("North", "12 Mill Road; Mill Road"), ("Riverside", "river side")], 1):
        page.get_by_role("textbox", name=f"Location {place}", exact=True).fill(name)
        page.get_by_role("textbox", name=f"Other words for location {place}").fill(words)
    click(page, "Save and count anew")
    expect_words(page, "The practice is saved")


def load_again_what_is_asked_for(page: Page) -> None:
    """Who declined and what a dropped title said stands in the exports alone: the page asks for them once more."""
    expect_words(page, "Please load the export of “Owner” again")
    expect_words(page, "Please load the export of “Clinic” again")
    page.get_by_role("tab", name="Files").click()
    settle(page)
    upload(page, *FILES[:2])
    click(page, "Load 2 files")
    expect_words(page, "clinic.ics is loaded")
    assert "Please load" not in text(page)


def file_the_title(page: Page) -> None:
    go_to(page, "Roles")
    assert page.get_by_role("heading", level=1).inner_text() == "1 answer settles 100 % of your unfiled hours."
    assert [row[0] for row in table(page)[1:]] == ["Zephyr"]
    page.get_by_text("Activity, location, only this once").click()
    settle(page)
    page.get_by_role("textbox", name="Activity").fill("vision")
    page.get_by_role("textbox", name="Activity").press("Enter")
    settle(page)
    choose(page.locator(".st-key-card_options"), "Location", "Riverside")
    page.get_by_role("button", name="Leadership").first.click()
    settle(page)
    expect_words(page, "“Zephyr”: 3 h are leadership. Everything is counted anew.")
    expect_words(page, "Every counted hour has a role.")


def test_the_report_says_what_was_worked_out_by_hand(practice: Server) -> None:
    report = json.loads(etl(practice, "report", "--json", "--from", "2026-03-02", "--to", "2026-03-15"))
    assert report["by_role"] == pytest.approx(BY_ROLE)
    assert report["by_location"].keys() == BY_LOCATION.keys()
    for location, hours in BY_LOCATION.items():
        assert report["by_location"][location] == pytest.approx(hours), location
    assert report["hours"] == pytest.approx(19.75)
    assert report["time_zone"] == TORONTO
    assert report["notice"] == ""
    without_days = json.loads(etl(practice, "report", "--json"))
    assert without_days == report, "the first counted day is 2 March, the last 15 March"


def test_what_is_stored_keeps_the_invariants_and_no_patient(practice: Server) -> None:
    assert "BROKEN" not in etl(practice, "check")
    assert b"lovelace" not in practice.db.read_bytes().lower()


def test_overview_says_the_hours_of_the_report(page: Page, practice: Server) -> None:
    open_page(page, practice.address)  # the default period, 4 weeks, ends where the calendars end
    assert "/overview" in page.url
    expect_words(page, "Mar 2 – Mar 15, 2026")
    assert (
        page.get_by_role("heading", level=1).inner_text() == "Over 2 weeks you led 3 of your 9.4 hours a week."
    )  # 6 and 18.75 in 2 weeks
    roles = numbers(page, "roles")
    assert column(roles, "Role", "Hours") == {
        "Leadership": "6 h",
        "Management": "3 h 57 min",
        "Clinical": "8 h 48 min",
        "Not filed": "0 min",
        "Personal": "1 h",
    }
    assert column(roles, "Role", "Hours a week") == {  # of two weeks
        "Leadership": "3 h",
        "Management": "2 h",  # 1.975
        "Clinical": "4.4 h",
        "Not filed": "0 h",
        "Personal": "0.5 h",
    }
    assert column(roles, "Role", "Share of work") == {  # of 18.75 h
        "Leadership": "32 %",
        "Management": "21 %",
        "Clinical": "47 %",
        "Not filed": "0 %",
        "Personal": "–",
    }
    trend = numbers(page, "weeks")
    assert by_day(trend, "Leadership") == {3: "1 h 30 min", 5: "1 h 30 min", 10: "1 h 30 min", 12: "1 h 30 min"}
    assert by_day(trend, "Management") == {2: "1 h 12 min", 3: "30 min", 6: "1 h", 9: "1 h", 10: "15 min"}
    assert by_day(trend, "Clinical") == {2: "1 h 48 min", 7: "1 h", 8: "4 h", 9: "2 h"}


def test_overview_says_what_was_not_counted_and_what_does_not_need_the_owner(page: Page, practice: Server) -> None:
    open_page(page, f"{practice.address}/overview?{DAYS}")
    steps = column(read(opened(page.locator(".st-key-ladder"))), "Step", "Hours")
    assert {step: hours for step, hours in steps.items() if hours != "0 min"} == {
        "In the calendars": "48 h 30 min",  # 36.5 of the owner's, with a day of 24; 12 of the clinic's
        "All-day": "−24 h",
        "Declined": "−2 h",
        "On two calendars": "−1 h",
        "At the same time as another": "−2 h",  # two staff meetings inside the clinic
        "Interruptions outside the calendar": "15 min",
        "Counted": "19 h 45 min",
    }
    assert "Cancelled" not in steps  # nothing was, and nothing is said of it
    topics = numbers(page, "topics")
    assert column(topics, "Topic", "At least, a week") == {  # marked as the team's: 18 and 12 min in two weeks
        "rota": "9 min",
        "supplier order": "6 min",
        "(no topic)": "0 min",
    }


def test_locations_says_the_hours_of_the_report_side_by_side(page: Page, practice: Server) -> None:
    open_page(page, f"{practice.address}/locations?{DAYS}")
    side = numbers(page, "side")
    assert column(side, "Location", "Hours") == {  # of work: the gym is none
        "Riverside": "10 h 18 min",
        "North": "5 h 42 min",
        "Practice-wide": "2 h 45 min",
    }
    assert column(side, "Location", "Leadership") == {
        "Riverside": "4 h 30 min (44 %)",
        "North": "0 min (0 %)",
        "Practice-wide": "1 h 30 min (55 %)",
    }
    assert column(side, "Location", "Management") == {
        "Riverside": "48 min (8 %)",
        "North": "1 h 54 min (33 %)",
        "Practice-wide": "1 h 15 min (45 %)",
    }
    assert column(side, "Location", "Clinical") == {
        "Riverside": "5 h (49 %)",
        "North": "3 h 48 min (67 %)",
        "Practice-wide": "0 min (0 %)",
    }
    trend = numbers(page, "location_weeks")
    riverside = {3: "2 h", 5: "1 h 30 min", 7: "1 h", 8: "4 h", 9: "18 min", 12: "1 h 30 min"}
    assert by_day(trend, "Riverside") == riverside
    assert by_day(trend, "North") == {2: "3 h", 9: "2 h 42 min"}
    assert [row[:4] for row in numbers(page, "pulls")[1:]] == [
        ["North", "with patients at North", "1", "12 min"],
        ["Riverside", "at North", "1", "18 min"],
        ["Riverside", "at Riverside", "1", "30 min"],
        ["Practice-wide", "nothing in the calendar", "1", "15 min"],
    ]
    page.get_by_test_id("stMain").get_by_role("link", name="Riverside against North, or any two").click()
    page.wait_for_url("**/against?*")
    settle(page)
    pair = numbers(page, "pair")
    assert column(pair, "Fact", "Riverside")["Hours"] == "5.15"
    assert column(pair, "Fact", "North")["Hours"] == "2.85"


def test_one_location_alone(page: Page, practice: Server) -> None:
    open_page(page, f"{practice.address}/overview?{DAYS}")
    page.get_by_role("radio", name="North").or_(page.get_by_role("button", name="North", exact=True)).first.click()
    settle(page)
    assert "at=North" in page.url
    hours = column(numbers(page, "roles"), "Role", "Hours")
    assert (hours["Leadership"], hours["Management"], hours["Clinical"]) == ("0 min", "1 h 54 min", "3 h 48 min")
    go_to(page, "Locations")
    assert "at=North" in page.url
    assert column(numbers(page, "side"), "Location", "Hours") == {"North": "5 h 42 min"}


def column(rows: list[list[str]], key: str, name: str) -> dict[str, str]:
    """One column of a table, by another."""
    at, value = rows[0].index(key), rows[0].index(name)
    return {row[at]: row[value] for row in rows[1:]}


def by_day(rows: list[list[str]], name: str) -> dict[int, str]:
    """One column of a trend of two weeks, which is drawn by the day of March; days with nothing left out."""
    found = {int(on.removeprefix("Mar ").removesuffix(", 2026")): hours for on, hours in column(rows, "Day", name).items()}
    assert sorted(found) == list(range(2, 16))
    return {on: hours for on, hours in found.items() if hours != "0 min"}
