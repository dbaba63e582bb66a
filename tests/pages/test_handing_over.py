"""Handing over and The day over a real database, without a browser; their words and pictures as plain functions."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from etl import hand_overs
from etl.card import card
from etl.free_time import Stretch
from etl.ledger import Entry, LedgerWeek, Sides
from etl.planned import Taken
from etl.transform.verdict import Verdict
from pages.parts import (
    blocks_form,
    charts_blocks,
    charts_day,
    charts_handing,
    country,
    day_words,
    handing_form,
    handing_ledger,
    handing_words,
)
from pages.parts.ink import LIGHT
from tests.making import PRACTICE, Desk, at_desk, calendar, event, log
from tests.pages.test_pages_run import shown, words

TODAY = date.today()  # noqa: DTZ011 - the pages go by the day it is
MONDAY = TODAY - timedelta(days=TODAY.weekday() + 7)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Eight weeks of a rota and a strategy each Monday, and a question from Riverside in each of them."""
    desk = at_desk(tmp_path / "desk", PRACTICE)
    days = [MONDAY - timedelta(days=7 * week) for week in range(8)]
    events = [event("Rota", f"{each} 09:00", "12:00", place="North", uid=f"r{each}") for each in days]
    events += [event("Strategy", f"{each} 14:00", "16:00", uid=f"s{each}") for each in days]
    rows = [f"{each} 14:30,30,Riverside,head nurse,Stock <b>,yes" for each in days]
    desk.take(("work.ics", calendar("Work", *events)), ("log.csv", log(*rows)))
    monkeypatch.setenv("OWNER_TIME_DB", str(desk.db))
    return desk


def test_what_could_be_handed_over_is_said(desk: Desk) -> None:
    said = words(shown("handing_over"))
    assert "What the team could answer takes 30\u00a0min a week; management that comes again, 3\u00a0h." in said
    hand_overs.keep(desk.db, hand_overs.HandOver(TODAY, "head nurse", topic="stock <b>"))
    done = words(shown("handing_over", handing_over_part="Handed over"))
    assert "Too early to say" in done
    assert "stock \\<b\\>" in done
    assert "could not be drawn" not in words(shown("handing_over", handing_over_part="What if"))


def test_time_to_lead_is_put_aside_and_counted_as_such(desk: Desk) -> None:
    app = shown("handing_over", handing_over_part="Time to lead")
    assert "There is room for 3\u00a0h to lead in each of the next 4 weeks." in words(app)
    assert "Your calendar holds nothing in the weeks of " in words(app)
    first = next(pills for pills in app.button_group if str(pills.key).startswith("blocks_"))
    first.set_value(first.value[1:]).run()
    app.button(key="put_aside").click().run()
    rows = desk.ask("planned_ahead")
    assert (len(rows), sum(row["hours"] for row in rows)) == (7, 10.5)
    app.multiselect(key="blocks_back_7").select(rows[0]["block_id"]).run()
    app.button(key="withdraw").click().run()
    assert len(desk.ask("planned_ahead")) == 6
    app = shown("handing_over", handing_over_part="Time to lead")
    assert "9\u00a0h of it are put aside already" in words(app)
    assert {row["In your calendar"] for row in blocks_form.table(rows)} == {"not yet: it counts when an export brings it"}


def test_a_week_ahead_draws_what_is_there_put_aside_and_proposed_each_on_its_day() -> None:
    zone, week = ZoneInfo("Europe/Berlin"), date(2026, 3, 23)  # the clocks leap on the Sunday of it
    at = [datetime(2026, 3, 24, hour, tzinfo=UTC) for hour in range(24)]
    night = Taken(at[21], datetime(2026, 3, 25, 1, tzinfo=UTC), "event", "clinical")
    off = Taken(datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 3, 29, 22, tzinfo=UTC), "day off", "personal")
    aside, proposed = Stretch(at[8], at[9]), Stretch(at[12], at[13])
    held = Taken(at[8], at[9], "event", "leadership")  # the same as what is put aside, come back with an export
    found = list(charts_blocks.marks([night, off, held], [aside], [proposed], zone, week))
    assert [(each.day.day, each.begins, each.ends, each.kind) for each in found] == [
        (24, 22 * 60, 1440, "there"), (25, 0, 120, "there"), (29, 0, 1440, "there"),
        (24, 540, 600, "aside"), (24, 780, 840, "proposed"),
    ]  # fmt: skip
    assert found[0].says == "22:00 to 02:00, clinical"
    assert charts_blocks.in_words(proposed, zone) == "Tue 24 Mar 13:00 to 14:00"
    drawn = charts_blocks.week_ahead(found, ((1, 480, 1080),), week, LIGHT)
    assert [(list(bar.base), list(bar.x)) for bar in drawn.data] == [([8], [10]), ([9], [1]), ([13], [1])]


def test_the_day_says_what_survived(desk: Desk) -> None:
    said = words(shown("day"))
    assert "your longest undisturbed time to lead was 1\u00a0h." in said
    assert "Of 8\u00a0h put aside for leadership, 6\u00a0h were kept (75\u00a0%)." in said
    assert "could not be drawn" not in said


def test_a_day_before_those_that_are_drawn_can_be_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = at_desk(tmp_path / "desk", PRACTICE)
    first = TODAY - timedelta(days=50)
    desk.take(("work.ics", calendar("Work", event("Rota", f"{first} 09:00", "12:00", "RRULE:FREQ=DAILY;COUNT=50"))))
    monkeypatch.setenv("OWNER_TIME_DB", str(desk.db))
    app = shown("day", period="All")
    app.session_state["numbers_one_day"] = True
    app.selectbox(key="day").set_value(first.isoformat()).run()
    assert "The latest 35 of 50 days." in words(app)
    assert "could not be drawn" not in words(app)
    assert (app.selectbox(key="day").value, list(app.table[0].value["From"])) == (first.isoformat(), ["09:00"])


@pytest.mark.parametrize("page", ["handing_over", "day", "pulled_away", "log"])
def test_with_nothing_loaded_a_page_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    monkeypatch.setenv("OWNER_TIME_DB", str(tmp_path / "none.duckdb"))
    assert "could not be drawn" not in words(shown(page))


def week(number: int, hours: float, left_out: str = "") -> LedgerWeek:
    begins = date(2026, 3, 2) + timedelta(days=7 * number)
    side = "" if left_out else "before" if number < 0 else "after"
    return LedgerWeek(number, begins, begins + timedelta(days=6), hours, hours, round(hours * 4), left_out, side)


ENTRY = Entry(
    "x", "hand-over", "topic", "stock", "head nurse", date(2026, 3, 2), None, ("North",), (), "", "", "",
    (week(-2, 2.0), week(-1, 2.0), week(0, 0.5), week(1, 1.0, "holiday")), Sides("", 2.0, 0.5, 8, 2), (),
    (Sides("leadership", 1.0, 2.5), Sides("management", 20.0, 18.5), Sides("clinical", 9.0, 9.0)), Verdict("holding", "Why."),
)  # fmt: skip


def test_what_came_back_in_words() -> None:
    assert handing_words.came_back(ENTRY) == "2 → 0.5 h a week, 8 → 2 interruptions a week: 1.5 h a week less than before."
    assert handing_words.where_went(ENTRY.where) == (
        "In the same weeks, a week: leadership +1.5 h, management −1.5 h. "
        "Other things changed in these weeks too; this is no proof of cause."
    )
    assert handing_words.left_out(ENTRY) == [
        "9 Mar to 15 Mar 2026: you were away: there is work on fewer than half of the days that are usual"
    ]
    stale = tuple(week(number, 1.0, "not loaded") for number in (2, 3, 4))
    assert handing_words.left_out(replace(ENTRY, weeks=(*ENTRY.weeks, *stale, week(5, 1.0, "not over"))))[1:] == [
        "16 Mar to 5 Apr 2026: what is loaded does not reach it"
    ]


def test_what_ended_is_not_among_what_came_back() -> None:
    ended = replace(ENTRY, hand_over_id="y", ended_on=date(2026, 3, 16))
    assert handing_words.verdict(ENTRY) == ("Holding", ":material/check_circle:")
    assert handing_words.verdict(ended)[0] == "Yours again; until then: holding"
    assert handing_ledger.together((ENTRY,)) == "1 of 1 hand-over holds, and 1.5 h a week came back."
    assert handing_ledger.together((ENTRY, ended)) == (
        "1 of 1 hand-over holds, and 1.5 h a week came back. 1 hand-over that ended is not counted here."
    )
    assert handing_ledger.together((ended, ended)) == (
        "Nothing is handed over today. 2 hand-overs that ended are not counted here."
    )


def test_a_location_that_is_none_any_more_is_said() -> None:
    assert handing_words.who(ENTRY) == "Taken by head nurse from 2 Mar 2026, North."
    assert handing_words.who(replace(ENTRY, unknown_locations=("North",))) == (
        "Taken by head nurse from 2 Mar 2026, North. "
        "Not a location of your practice any more, so nothing of it is found there: North."
    )


def test_a_week_that_is_not_compared_is_an_outline() -> None:
    drawn = charts_handing.weeks(ENTRY.weeks, LIGHT)
    assert list(drawn.data[0].y) == [2.0, 2.0, 0.5, 1.0]
    assert [colour == "rgba(0,0,0,0)" for colour in drawn.data[0].marker.color] == [False, False, False, True]


def test_a_ribbon_has_its_stretches_and_a_mark_for_each_interruption() -> None:
    parts = [
        {"starts_minute": 540, "ends_minute": 600, "role": "clinical", "location": "<b>", "pull": False, "displaced_role": None},
        {
            "starts_minute": 600,
            "ends_minute": 606,
            "role": "management",
            "location": "N",
            "pull": True,
            "displaced_role": "clinical",
        },
    ]
    drawn = charts_day.ribbons([("Mon", parts)], LIGHT)
    assert [(list(each.base), list(each.x)) for each in drawn.data[:-1]] == [([10.0], [0.1]), ([9.0], [1.0]), ([10.0], [0.1])]
    many = charts_day.ribbons([("Mon", parts), ("Tue", parts)], LIGHT, told=["a", "b; c"])
    mark, *_ = many.data
    assert list(mark.hovertext) == ["Mon<br>a", "Tue<br>b<br>c"]
    assert list(mark.customdata) == [0, 1]
    boxes = [each.path for each in many.layout.shapes if each.fillcolor]
    assert [(path.count("M"), path.count("H10.0V")) for path in boxes] == [(2, 0), (2, 2), (2, 0)]
    assert charts_day.in_words(parts[0]) == "09:00 to 10:00, clinical, &lt;b&gt;"
    assert charts_day.in_words(parts[1]) == "10:00 to 10:06, management: interruption about N, out of clinical"


@pytest.mark.parametrize(("first", "last"), [(0, 1440), (330, 1320), (480, 1080)])
def test_the_hours_along_a_day_have_room_on_a_narrow_screen(first: int, last: int) -> None:
    part = {"role": "clinical", "location": "N", "pull": False, "displaced_role": None}
    drawn = charts_day.ribbons([("Mon", [part | {"starts_minute": first, "ends_minute": last}])], LIGHT)
    begins, ends = drawn.layout.xaxis.range
    words = drawn.data[-1]
    said = [
        (at, side.removeprefix("top ")) for at, side in zip(words.x, words.textposition, strict=True) if side.startswith("top ")
    ]
    lefts = [(at - begins) / (ends - begins) * 352 for at, _ in said]  # a picture on a screen of 400 px
    lefts = [at - {"right": 0, "center": 20, "left": 40}[side] for at, (_, side) in zip(lefts, said, strict=True)]
    assert len(lefts) > 2
    assert all(after - before >= 42 for before, after in pairwise(lefts)), "12 a.m. is 40 px wide"


def test_a_day_in_words_ends_with_one_full_stop() -> None:
    row = {"role_switches": 1, "location_switches": 2, "pulls": 3, "longest_leadership_hours": 2.0, "longest_from_minute": 870}
    assert day_words.one_day(row).endswith("2 h, from 14:30.")
    country.write_as(country.writing_of("CA"))
    try:
        assert day_words.one_day(row).endswith("2 h, from 2:30 p.m.")
    finally:
        country.write_as(country.WORLD)


def test_the_parts_of_planned_leadership() -> None:
    rows = [
        {"became": "kept", "what": "", "topic": "", "what_hours": 3.0},
        {"became": "interruption", "what": "North", "topic": "a", "what_hours": 1.0},
        {"became": "interruption", "what": "North", "topic": "b", "what_hours": 1.0},
        {"became": "event", "what": "management", "topic": "", "what_hours": 0.5},
    ]
    assert day_words.eaten(rows) == [
        ("Kept", 3.0, "kept"), ("Another event: management", 0.5, "event"), ("Interruption about North", 1.0, "interruption")
    ]  # fmt: skip


def test_only_the_colours_that_are_there_are_explained() -> None:
    kept, another = ("Kept", 3.0, "kept"), ("Another event: management", 0.5, "event")
    assert day_words.colours([kept], dark=True) == "Orange: kept."
    asked = ("Interruption about North", 1.0, "interruption")
    assert day_words.colours([kept, asked], dark=False) == "Orange: kept. Black: eaten by interruptions."
    assert day_words.colours([another, asked], dark=True) == "White: eaten by interruptions. Grey: eaten by other events."


def test_a_day_stands_nearer_to_its_own_ribbon_than_to_the_one_above() -> None:
    part = {"starts_minute": 540, "ends_minute": 600, "role": "clinical", "location": "N", "pull": False, "displaced_role": None}
    drawn = charts_day.ribbons([("Mon", [part]), ("Tue", [part])], LIGHT)
    bars, words = drawn.data
    above, own = bars.y[0] + bars.width / 2, bars.y[1] - bars.width / 2
    name = words.y[words.text.index("Tue")]
    assert (name - above) * 0.75 > own - name, "by a quarter at least"


def test_what_became_of_planned_leadership_is_one_bar_without_a_gap() -> None:
    drawn = charts_day.survived([("Kept", 3.0, "kept"), ("About <b>", 1.0, "interruption"), ("Another", 0.5, "event")], LIGHT)
    assert [(bar.base[0], bar.x[0]) for bar in drawn.data] == [(0.0, 3.0), (3.0, 1.0), (4.0, 0.5)]
    assert list(drawn.layout.xaxis.range) == [0, 4.5]
    assert [bool(bar.text[0]) for bar in drawn.data] == [True, True, False]  # no room for words in a ninth
    assert "<b>" not in str(drawn.data[1].text) + drawn.data[1].hovertemplate.removesuffix("<extra></extra>")
    assert list(charts_day.survived([], LIGHT).layout.xaxis.range) == [0, 1.0]


def test_the_week_that_would_be_is_as_long_as_the_week_with_what_comes_back() -> None:
    rows = [
        {"role": "leadership", "hours_a_week": 4.0, "left_a_week": 4.0, "low_freed_a_week": 0.0, "high_freed_a_week": 0.0},
        {"role": "management", "hours_a_week": 20.0, "left_a_week": 14.0, "low_freed_a_week": 2.0, "high_freed_a_week": 6.0},
        {"role": "personal", "hours_a_week": 9.0, "left_a_week": 9.0, "low_freed_a_week": 0.0, "high_freed_a_week": 0.0},
    ]
    drawn = charts_handing.week_that_would_be(rows, LIGHT)
    assert [list(part.x) for part in drawn.data] == [[4.0, 4.0], [20.0, 14.0], [None, 4.0], [None, 2.0]]
    assert [sum(part.x[row] or 0 for part in drawn.data) for row in (0, 1)] == [24.0, 24.0]
    said = [note.text.replace("\u00a0", " ") for note in drawn.layout.annotations]
    assert said == ["As it is  <b>24 h</b>", "As it would be  <b>18 h to 22 h</b>"]
    assert [list(part.text) for part in drawn.data[2:]] == [["", "4 h"], ["", "2 h"]], "what comes back says how much it is"
    assert drawn.layout.uniformtext.minsize == 13, "words that have no room are left out, not made small"
    nothing = [row | {"left_a_week": row["hours_a_week"], "low_freed_a_week": 0.0, "high_freed_a_week": 0.0} for row in rows]
    assert len(charts_handing.week_that_would_be(nothing, LIGHT).data) == 2


def test_the_card_is_self_contained_and_every_word_in_it_is_text() -> None:
    html = card(
        what="<img src=x>", kind="hand-over", to_role="<b>", from_day=date(2026, 3, 2), locations=("A&B",), good="Good.",
        decides="", comes_when="Never.", practice="Maple", paper="Letter",
    )  # fmt: skip
    assert "<img" not in html
    assert "&lt;b&gt;, A&amp;B, from 02 March 2026" in html
    assert "You decide" not in html  # nothing was said
    assert "What good looks like" in html
    assert "http" not in html


def test_a_series_that_was_chosen_elsewhere_is_in_the_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = at_desk(tmp_path / "desk", PRACTICE)
    first = MONDAY - timedelta(days=28)
    series = event("Rota <b>", f"{first} 09:00", "12:00", "RRULE:FREQ=WEEKLY;COUNT=5", place="North", uid="r")
    desk.take(
        ("work.ics", calendar("Work", series, event("Rota <b>", f"{first} 14:00", "15:00", uid="alone"))),
        ("log.csv", log(f"{first} 16:00,6,North,practice manager")),
    )
    monkeypatch.setenv("OWNER_TIME_DB", str(desk.db))
    ((uid,),) = desk.sql("select uid from dated group by uid having count(*) > 1")
    app = shown("handing_over")
    app.session_state[handing_form.WHAT] = ("series", str(uid), "Rota <b>")
    app.session_state["handing_nth"] = 1
    app.run()
    what = next(box for box in app.selectbox if box.label == "What?")
    assert (what.value, what.options[0]) == (("series", str(uid)), "Rota <b> (this series alone)")
