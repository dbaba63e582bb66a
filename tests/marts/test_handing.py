"""What could be handed over next, and the week that would be: two weeks worked out by hand, and against the slices."""

from datetime import timedelta
from shutil import copytree
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from etl import hand_overs
from etl.hand_overs import HandOver
from tests.making import PRACTICE, Desk, at_desk, calendar, day, event, log

FORTNIGHT: dict[str, Any] = {"from_day": day("2026-01-05"), "to_day": day("2026-01-18"), "locations": None}
# Surgery each Monday 9-13 at North; rota twice (one of them called "Rota 2"), payroll once, strategy once.
WORK = calendar(
    "Work",
    event("Surgery", "2026-01-05 09:00", "13:00", place="North"),
    event("Rota", "2026-01-06 09:00", "11:00", place="North"),
    event("Rota 2", "2026-01-13 09:00", "10:00", place="Riverside"),
    event("Payroll", "2026-01-07 09:00", "10:00"),
    event("Strategy", "2026-01-08 09:00", "11:00"),
    event("Budget", "2026-01-16 15:00", "16:00"),
)
# Stock: 30 min in the surgery (could), 12 min on a free afternoon (not known), 6 min in the rota (needs the owner).
# A refund of 60 min in the second week, and an emergency of 10 min that was clinical.
PULLS = log(
    "2026-01-05 10:00,30,Riverside,desk,Stock,yes",
    "2026-01-07 14:00,12,North,desk,stock ",
    "2026-01-06 10:00,6,North,nurse,STOCK,no",
    "2026-01-14 10:00,60,Riverside,desk,refund",
    "2026-01-15 10:00,10,North,vet,stock,yes,,,,clinical",
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = at_desk(tmp_path_factory.mktemp("handing") / "desk", PRACTICE)
    desk.take(("work.ics", WORK), ("log.csv", PULLS))
    return desk


def test_what_could_be_handed_over_next(desk: Desk) -> None:
    rows = {row["label"]: row for row in desk.ask("what_next", **FORTNIGHT)}
    assert [*rows] == ["Rota", "refund", "stock"]
    rota, refund, stock = rows.values()
    assert (rota["kind"], rota["times"], rota["locations"], rota["weeks"]) == ("group", 2, 2, 2)
    assert (rota["low_hours_a_week"], rota["high_hours_a_week"]) == (0, pytest.approx(2.9 / 2))  # 6 minutes went to a pull
    assert (stock["times"], stock["could"], stock["needed"], stock["with_patients"]) == (3, 1, 1, 1)  # without the emergency
    assert (stock["low_hours_a_week"], stock["high_hours_a_week"]) == (pytest.approx(30 / 120), pytest.approx(42 / 120))
    assert (refund["low_hours_a_week"], refund["high_hours_a_week"], refund["weeks"]) == (0, 0.5, 1)


def test_what_comes_in_every_week_is_told_by_the_weeks_of_the_calendar(desk: Desk) -> None:
    def often(first: str, last: str) -> dict[str, bool]:
        days = {"from_day": day(first), "to_day": day(last), "locations": None}
        return {row["label"]: row["every_week"] for row in desk.ask("what_next", **days)}

    assert often("2026-01-05", "2026-01-18") == {"Rota": True, "refund": False, "stock": False}
    assert often("2026-01-04", "2026-01-17")["Rota"]  # what lies before the first loaded day is no week
    assert often("2026-01-09", "2026-01-18") == {"refund": False}


def test_what_is_handed_over_already_says_so(tmp_path: Any) -> None:
    desk = at_desk(tmp_path / "desk")
    desk.take(("work.ics", WORK), ("log.csv", PULLS))
    one = hand_overs.keep(desk.db, HandOver(day("2026-01-12"), "head nurse", topic=" STOCK"))
    handed = {row["what"]: row["handed"] for row in desk.ask("what_next", **FORTNIGHT)}
    assert handed["stock"]
    assert sum(handed.values()) == 1
    hand_overs.end(desk.db, one, day("2026-01-13"))
    assert not any(row["handed"] for row in desk.ask("what_next", **FORTNIGHT))


def test_what_is_handed_over_for_one_location_is_open_at_the_others(tmp_path: Any) -> None:
    desk = at_desk(tmp_path / "desk")
    desk.take(("work.ics", WORK), ("log.csv", PULLS))
    (group,) = [row["what"] for row in desk.ask("what_next", **FORTNIGHT) if row["kind"] == "group"]
    hand_overs.keep(desk.db, HandOver(day("2026-01-12"), "head nurse", topic="stock", locations=("North",)))
    hand_overs.keep(desk.db, HandOver(day("2026-01-12"), "manager", group_key=group, locations=("North",)))

    def minutes(locations: list[str] | None) -> dict[tuple[str, bool], int]:
        rows = desk.ask("what_next", **FORTNIGHT | {"locations": locations})
        return {(row["label"].casefold(), row["handed"]): round(row["high_hours_a_week"] * 120) for row in rows}

    assert minutes(["North"]) == {("stock", True): 12}  # one rota is no group: it does not come again
    assert minutes(["Riverside"]) == {("refund", False): 60, ("stock", False): 30}
    assert minutes(None) == {("refund", False): 60, ("stock", False): 30, ("stock", True): 12}
    rows = {row["role"]: row for row in desk.ask("what_if", **FORTNIGHT, topics=["stock"], groups=[group])}
    assert rows["management"]["high_freed_a_week"] * 120 == pytest.approx(60 + 30)  # the rota and the stock of Riverside
    assert [row["handed"] for row in desk.ask("what_next", **FORTNIGHT) if row["label"].casefold() == "refund"] == [False]


def test_a_written_answer_for_one_location_is_none_for_the_others(tmp_path: Any) -> None:
    desk = at_desk(tmp_path / "desk")
    desk.take(("work.ics", WORK), ("log.csv", PULLS))
    north = hand_overs.keep(
        desk.db, HandOver(day("2026-01-12"), "head nurse", topic="Stock", locations=("North",), kind="written answer")
    )

    def said(locations: list[str] | None) -> set[str | None]:
        return {row["handed_over"] for row in desk.ask("answer_once", **FORTNIGHT | {"locations": locations})}

    assert said(["North"]) == {"written answer"}
    assert said(None) == {None}
    hand_overs.keep(desk.db, HandOver(day("2026-01-12"), "front desk", topic="stock", locations=("Riverside",)))
    assert said(None) == {"hand-over"}  # the one made last
    hand_overs.end(desk.db, north, day("2026-01-13"))
    assert said(None) == {None}


def test_the_week_that_would_be(desk: Desk) -> None:
    (group,) = [row["what"] for row in desk.ask("what_next", **FORTNIGHT) if row["kind"] == "group"]
    rows = {row["role"]: row for row in desk.ask("what_if", **FORTNIGHT, topics=["stock"], groups=[group])}
    management = rows["management"]
    # 2.9 h of rota, 1 of payroll, 1 of budget, 1 of refunds, 48 minutes of stock.
    assert management["hours_a_week"] == pytest.approx(6.7 / 2)
    assert management["low_freed_a_week"] == pytest.approx((2.9 + 0.5) / 2)
    assert management["high_freed_a_week"] == pytest.approx((2.9 + 0.7) / 2)
    assert management["freed_share"] == pytest.approx(3.6 / 6.7)
    assert management["left_a_week"] == pytest.approx(3.1 / 2)
    assert rows["clinical"]["high_freed_a_week"] == 0  # the emergency stays
    assert rows["clinical"]["freed_share"] == rows["unclassified"]["freed_share"] == 0
    assert rows["leadership"]["hours_a_week"] == 1


def test_nothing_chosen_frees_nothing(desk: Desk) -> None:
    assert {row["high_freed_a_week"] for row in desk.ask("what_if", **FORTNIGHT, topics=[], groups=[])} == {0}


@settings(max_examples=15)
@given(st.sets(st.sampled_from(["stock", "refund", "never"])), st.booleans(), st.sampled_from([None, ["North"], ["Riverside"]]))
def test_what_is_freed_is_what_the_slices_hold(desk: Desk, topics: set[str], rota: bool, locations: list[str] | None) -> None:
    asked = FORTNIGHT | {"locations": locations}
    groups = [row["what"] for row in desk.ask("what_next", **FORTNIGHT) if row["kind"] == "group"] if rota else []
    rows = {row["role"]: row for row in desk.ask("what_if", **asked, topics=sorted(topics), groups=groups)}
    titles = dict(desk.sql("select occurrence_id, title from occurrences"))
    pulls = {
        key: (topic.strip().lower(), could)
        for key, topic, could in desk.sql("select interruption_id, topic, team_could from interruptions")
    }
    freed = 0
    for starts, ends, role, location, event_id, pull in desk.sql(
        "select epoch(starts_at), epoch(ends_at), role, location, occurrence_id, interruption_id from time_slices"
    ):
        topic, could = pulls.get(pull, ("", None))
        wanted = topic in topics and could is not False if pull else rota and str(titles.get(event_id)).startswith("Rota")
        if wanted and role == "management" and (locations is None or location in locations):
            freed += ends - starts
    assert rows["management"]["high_freed_a_week"] == pytest.approx(freed / 3600 / 2)
    assert rows["management"]["high_freed_a_week"] <= rows["management"]["hours_a_week"] + 1e-9


PULL = st.tuples(
    st.integers(0, 13), st.integers(8, 17), st.integers(1, 90), st.sampled_from(["North", "Riverside", ""]),
    st.sampled_from(["stock", "Stock", "refund", ""]), st.sampled_from(["yes", "no", ""]),
    st.sampled_from(["", "", "leadership", "clinical", "personal"]),
)  # fmt: skip


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """What is planned, without a log."""
    desk = at_desk(tmp_path_factory.mktemp("planned") / "desk")
    desk.take(("work.ics", WORK))
    return desk


@settings(max_examples=8, phases=[Phase.generate])
@given(
    st.lists(PULL, min_size=1, max_size=12, unique_by=lambda pull: pull[:2]), st.sampled_from([None, ["North"], ["Riverside"]])
)
def test_overview_what_next_and_what_if_speak_of_the_same_hours(
    planned: Desk, tmp_path_factory: pytest.TempPathFactory, pulls: list[Any], locations: list[str] | None
) -> None:
    desk = Desk(copytree(planned.folder, tmp_path_factory.mktemp("four") / "desk"))
    monday = FORTNIGHT["from_day"]
    rows = [
        f"{monday + timedelta(days=on)} {hour:02d}:00,{minutes},{about},,{topic},{could},,,,{role}"
        for on, hour, minutes, about, topic, could, role in pulls
    ]
    desk.take(("log.csv", log(*rows)))
    asked = FORTNIGHT | {"locations": locations}
    (whole,), topics, following = (desk.ask(name, **asked) for name in ("hand_over", "hand_over_topics", "what_next"))
    named = [row for row in topics if row["topic"] != "(no topic)"]
    candidates = [row for row in following if row["kind"] == "topic"]
    would = desk.ask("what_if", **asked, topics=["stock", "refund"], groups=[])
    low, high = (
        [sum(row[f"{side}_hours_a_week"] for row in rows) for rows in (topics, named, candidates)] for side in ("low", "high")
    )
    assert low[0] == pytest.approx(whole["low_hours_a_week"])
    assert high[0] == pytest.approx(whole["high_hours_a_week"] - whole["calendar_management_hours_a_week"])
    freed = [sum(row[f"{side}_freed_a_week"] for row in would) for side in ("low", "high")]
    assert [low[1], high[1]] == pytest.approx([low[2], high[2]])
    assert [low[1], high[1]] == pytest.approx(freed)
    counted = ("marked_pulls", "unmarked_pulls")
    assert sum(row["pulls"] for row in topics) == sum(whole[name] for name in counted)
    management = {key for key, role in desk.sql("select interruption_id, role from interruptions") if role == "management"}
    seconds = desk.sql(
        """select interruption_id, sum(seconds) from day_slices join interruptions using (interruption_id)
        where coalesce(team_could, true) and ($1 is null or list_contains($1, location)) group by all""".replace(
            "$1", "null" if locations is None else str(locations)
        )
    )
    assert high[0] * 7200 == pytest.approx(sum(length for key, length in seconds if key in management))
