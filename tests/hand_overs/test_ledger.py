"""The ledger against ten weeks worked out by hand, and against the slices."""

import random
from datetime import date, timedelta
from typing import Any

import pytest

from etl import changes, forget, hand_overs, leave
from etl.hand_overs import HandOver
from etl.ledger import Entry, came_back, ledger
from etl.model import Refused
from etl.store import open_read
from etl.transform.verdict import Week, of_pulls
from tests.hand_overs.simulated import practices, weeks
from tests.making import PRACTICE, Desk, at_desk, calendar, day, event, log

HANDED = day("2026-02-02")  # a Monday
ROTA = ["RRULE:FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20260306T235959Z"]
HOLIDAY = "EXDATE:" + ",".join(f"202602{n:02d}T090000Z" for n in (9, 10, 11, 12))  # a Friday is left, and a Tuesday by its entry
WORK = calendar(
    "Work",
    event("Rota", "2026-01-05 09:00", "10:00", *ROTA, HOLIDAY, uid="rota"),
    event("Strategy", "2026-02-17 14:00", "16:00", uid="strategy"),
)
# Each week something else on Monday and Tuesday, so that it is logged; not in the second week after it, in the third on Monday.
OTHERS = [
    f"2026-{d:%m-%d} 17:00,3,North,,refund" for n in range(9) if n != 5 for d in [day("2026-01-05") + timedelta(days=7 * n)]
]
OTHERS += [
    f"2026-{d:%m-%d} 17:00,3,North,,refund"
    for n in range(9)
    if n not in (5, 6)
    for d in [day("2026-01-06") + timedelta(days=7 * n)]
]
STOCK = (  # half an hour each: 2, 1, 2, 1 a week before; 1, then (holiday) 1, (not logged) 1, then none
    "2026-01-05 12:00,30,Riverside,,Stock order", "2026-01-06 12:00,30,North,,stock order",
    "2026-01-12 12:00,30,Riverside,,stock order", "2026-01-19 12:00,30,Riverside,, STOCK ORDER",
    "2026-01-20 12:00,30,North,,stock order", "2026-01-26 12:00,30,Riverside,,stock order",
    "2026-02-03 12:00,30,Riverside,,stock order", "2026-02-10 12:00,30,Riverside,,stock order",
    "2026-02-16 12:00,30,North,,stock order",
)  # fmt: skip


@pytest.fixture
def desk(tmp_path: Any) -> Desk:
    desk = at_desk(tmp_path / "desk")
    desk.take(("work.ics", WORK), ("log.csv", log(*OTHERS, *STOCK)))
    return desk


def entries(desk: Desk) -> tuple[Entry, ...]:
    with open_read(desk.db) as con:
        return ledger(con)


def test_the_weeks_of_a_topic(desk: Desk) -> None:
    hand_overs.keep(desk.db, HandOver(HANDED, "head nurse", topic="stock order"))
    (entry,) = entries(desk)
    weeks = {week.number: (week.pulls, week.hours, week.left_out, week.side) for week in entry.weeks if week.number < 5}
    assert weeks == {
        -4: (2, 1.0, "", "before"), -3: (1, 0.5, "", "before"), -2: (2, 1.0, "", "before"), -1: (1, 0.5, "", "before"),
        0: (1, 0.5, "", "after"), 1: (1, 0.5, "holiday", ""), 2: (1, 0.5, "not logged", ""), 3: (0, 0.0, "", "after"),
        4: (0, 0.0, "", "after"),
    }  # fmt: skip
    assert {week.left_out for week in entry.weeks if week.number > 4} == {"not loaded", "not over"}
    assert (entry.weeks[0].begins, entry.weeks[0].ends) == (day("2026-01-05"), day("2026-01-11"))
    assert (entry.together.hours_before, entry.together.pulls_before) == (0.75, 1.5)
    assert (entry.together.hours_after, entry.together.pulls_after) == (pytest.approx(0.5 / 3), pytest.approx(1 / 3))
    assert entry.came_back == pytest.approx(0.75 - 0.5 / 3)
    assert entry.verdict.word == "too early"
    assert entry.label == "stock order"


def test_by_location_and_where_the_hours_went(desk: Desk) -> None:
    hand_overs.keep(desk.db, HandOver(HANDED, "head nurse", topic="Stock Order"))
    (entry,) = entries(desk)
    assert [(p.name, p.hours_before, p.hours_after) for p in entry.by_location] == [
        ("North", 0.25, 0), ("Riverside", 0.5, pytest.approx(0.5 / 3))
    ]  # fmt: skip
    where = {each.name: (each.hours_before, each.hours_after) for each in entry.where}
    # 20 h of rota, 8 x 3 min of refunds, 3 h of stock in four weeks; 15 h of rota, 6 x 3 min, half an hour in three.
    assert where["management"] == (pytest.approx((20 + 0.4 + 3) / 4), pytest.approx((15 + 0.3 + 0.5) / 3))
    assert where["leadership"] == (0, 0)  # the strategy was in a week that is left out


def test_only_the_locations_it_is_for(desk: Desk) -> None:
    hand_overs.keep(desk.db, HandOver(HANDED, "head nurse", topic="stock order", locations=("riverside",)))
    (entry,) = entries(desk)
    assert entry.locations == ("Riverside",)
    assert (entry.together.hours_before, entry.together.pulls_before) == (0.5, 1.0)


def test_a_series_and_a_group_are_known_by_their_keys_alone(desk: Desk) -> None:
    ((uid,),) = desk.sql("select distinct uid from dated where uid = (select uid from dated group by uid having count(*) > 1)")
    ((group,),) = desk.sql("select distinct group_key from filings where title = 'Rota'")
    hand_overs.keep(desk.db, HandOver(HANDED, "practice manager", uid=uid))
    hand_overs.keep(desk.db, HandOver(HANDED, "practice manager", group_key=group))
    found = entries(desk)
    assert {entry.of for entry in found} == {"series", "group"}
    for entry in found:
        assert entry.label == "Rota"
        assert [(w.pulls, w.hours, w.left_out) for w in entry.weeks[:7]] == [(5, 5.0, "")] * 5 + [
            (1, 1.0, "holiday"),
            (5, 5.0, ""),
        ]
        assert entry.verdict.word == "no change"
    assert not desk.sql("select 1 from hand_overs where topic is not null")
    desk.harm("update filings set title = null")
    assert {entry.label for entry in entries(desk)} == {"(title not kept)"}


MONDAYS = [day("2026-01-05") + timedelta(days=7 * n) for n in range(9)]
DAILY = [f"{monday + timedelta(days=n)} 17:00,3,North,,refund" for monday in MONDAYS for n in range(5)]
ASKED = [f"{monday + timedelta(days=n)} 12:00,30,North,,stock order" for monday in MONDAYS[:4] for n in range(5)]


def left_out(desk: Desk, until: int = 5) -> list[str]:
    (entry,) = entries(desk)
    return [week.left_out for week in entry.weeks if week.number < until]


@pytest.mark.parametrize("work", ["MO,TU", ""])
def test_who_writes_entries_is_there_whatever_the_calendar_holds(tmp_path: Any, work: str) -> None:
    desk = at_desk(tmp_path / "there")
    days = ["RRULE:FREQ=WEEKLY;BYDAY=MO,TU;UNTIL=20260306T235959Z"]
    calendars = [("work.ics", calendar("Work", event("Surgery", "2026-01-05 09:00", "17:00", *days)))] if work else []
    desk.take(*calendars, ("log.csv", log(*DAILY, *ASKED)))
    hand_overs.keep(desk.db, HandOver(HANDED, "head nurse", topic="stock order"))
    assert left_out(desk) == [""] * 9
    assert entries(desk)[0].verdict.word == "holding"


def test_away_is_less_than_half_of_the_days_that_are_usual_for_the_owner(tmp_path: Any) -> None:
    desk = at_desk(tmp_path / "part_time")
    days = ["RRULE:FREQ=WEEKLY;BYDAY=MO,TU;UNTIL=20260306T235959Z", "EXDATE:20260209T090000Z,20260216T090000Z,20260217T090000Z"]
    desk.take(("work.ics", calendar("Work", event("Rota", "2026-01-05 09:00", "17:00", *days))))
    ((group,),) = desk.sql("select group_key from filings")
    hand_overs.keep(desk.db, HandOver(HANDED, "practice manager", group_key=group))
    assert left_out(desk, 4) == [""] * 6 + ["holiday", ""]  # one of two days is half of them


@pytest.mark.parametrize(
    ("title", "status", "away"),
    [
        ("Vacation", "", True), ("Vacation", "TRANSP:TRANSPARENT", True), ("Vacation", "STATUS:CANCELLED", False),
        ("Trip", "", True), ("Congress", "", False),
    ],
)  # fmt: skip
def test_a_vacation_is_away_with_the_meetings_left_in_the_calendar(tmp_path: Any, title: str, status: str, away: bool) -> None:
    personal = '[[rule]]\nrole = "personal"\nactivity = "family"\ntitle = "trip|birthday"\n'
    desk = at_desk(tmp_path / "vacation", PRACTICE + personal)
    rota = event("Rota", "2026-01-05 09:00", "10:00", *ROTA, uid="rota")
    days_off = event(title, "2026-02-09", "2026-02-14", *[status] * bool(status), uid="off")
    birthday = event("Birthday", "2026-02-17", "2026-02-18", uid="birthday")
    desk.take(("work.ics", calendar("Work", rota, days_off, birthday)), ("log.csv", log(*DAILY, *ASKED)))
    hand_overs.keep(desk.db, HandOver(HANDED, "head nurse", topic="stock order"))
    assert left_out(desk) == ["", "", "", "", "", "holiday" if away else "", "", "", ""]


def test_an_export_confirms_no_week_after_it(desk: Desk) -> None:
    ((uid,),) = desk.sql("select distinct uid from dated where uid = (select uid from dated group by uid having count(*) > 1)")
    hand_overs.keep(desk.db, HandOver(HANDED, "practice manager", uid=uid))
    for table, column in (("exports", "exported_at"), ("sources", "loaded_at")):
        desk.harm(f"update {table} set {column} = timestamptz '2026-02-08 09:00Z'")
    assert left_out(desk) == ["", "", "", "", "", *["not loaded"] * 4]  # the first week ended on the 8th
    assert entries(desk)[0].verdict.word == "too early"
    hand_overs.keep(desk.db, HandOver(HANDED, "head nurse", topic="stock order"))
    topic = next(entry for entry in entries(desk) if entry.of == "topic")
    assert [week.left_out for week in topic.weeks if week.number < 3] == ["", "", "", "", "", "holiday", "not logged"]


def test_what_is_still_to_come_is_nobody_s_yet(tmp_path: Any) -> None:
    desk = at_desk(tmp_path / "ahead")
    today = date.today()  # noqa: DTZ011 - a series that goes on whenever this runs
    began = today - timedelta(days=70)
    desk.take(("work.ics", calendar("Work", event("Rota", f"{began} 09:00", "10:00", "RRULE:FREQ=DAILY;COUNT=200"))))
    ((group,),) = desk.sql("select group_key from filings")
    hand_overs.keep(desk.db, HandOver(today + timedelta(days=3), "practice manager", group_key=group))
    (coming,) = entries(desk)
    assert [(week.number, week.hours) for week in coming.weeks] == [(-4, 7), (-3, 7), (-2, 7), (-1, 5)]
    hand_overs.remove(desk.db, coming.hand_over_id)
    hand_overs.keep(desk.db, HandOver(today - timedelta(days=9), "practice manager", group_key=group))
    assert [week.hours for week in entries(desk)[0].weeks] == [7, 7, 7, 7, 7, 3]


def test_the_sum_has_each_hour_once_and_none_of_what_ended(tmp_path: Any) -> None:
    desk = at_desk(tmp_path / "sum")
    handed = [f"RRULE:FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;UNTIL={until}T235959Z" for until in ("20260130", "20260213")]
    rotas = [
        event("Rota", f"2026-01-05 {at}", end, rule, uid=at)
        for at, end, rule in zip(("09:00", "11:00"), ("10:00", "12:00"), handed, strict=True)
    ]
    surgery = event("Surgery", "2026-01-05 14:00", "18:00", ROTA[0], uid="surgery")
    desk.take(("work.ics", calendar("Work", *rotas, surgery)), ("log.csv", log(*DAILY, *ASKED)))
    ((group,),) = desk.sql("select group_key from filings where title = 'Rota'")
    ((uid,),) = desk.sql("select uid from dated group by uid having count(*) = 20")
    series = hand_overs.keep(desk.db, HandOver(HANDED, "practice manager", uid=uid))
    hand_overs.keep(desk.db, HandOver(HANDED + timedelta(days=14), "practice manager", group_key=group))
    stock = hand_overs.keep(desk.db, HandOver(HANDED, "head nurse", topic="stock order"))
    found = entries(desk)
    assert {entry.of: entry.came_back for entry in found} == {"group": 7.5, "series": 5, "topic": 2.5}
    assert came_back(found) == 5 + 5 + 2.5  # of the group the other series alone: this one's hours came back before
    hand_overs.end(desk.db, stock, HANDED + timedelta(days=14))
    assert came_back(entries(desk)) == 10
    hand_overs.end(desk.db, series, HANDED + timedelta(days=14))
    assert came_back(entries(desk)) == 7.5
    hand_overs.end(desk.db, found[0].hand_over_id, HANDED + timedelta(days=21))
    assert came_back(entries(desk)) is None


def test_a_location_that_gets_a_new_name_keeps_its_hand_overs(desk: Desk) -> None:
    hand_overs.keep(desk.db, HandOver(HANDED, "head nurse", topic="stock order", locations=("Riverside",)))
    before = entries(desk)[0].together
    renamed = PRACTICE.replace('name = "Riverside"', 'name = "River House"\naliases = ["riverside"]')
    changes.use_practice(desk.db, renamed)
    (entry,) = entries(desk)
    assert (entry.locations, entry.unknown_locations, entry.together) == (("River House",), (), before)
    changes.use_practice(desk.db, PRACTICE.replace("Riverside", "Hill"))
    (entry,) = entries(desk)
    assert (entry.locations, entry.unknown_locations) == (("River House",), ("River House",))
    assert desk.broken() == []


@pytest.mark.parametrize(
    ("ended", "weeks"),
    [("2026-02-16", [-4, -3, -2, -1, 0, 1]), ("2026-02-18", [-4, -3, -2, -1, 0, 1]), (str(HANDED), [-4, -3, -2, -1])],
    ids=["with a week", "on a Wednesday: its week was not over", "on its first day"],
)
def test_one_that_ended_is_drawn_up_to_its_end(desk: Desk, ended: str, weeks: list[int]) -> None:
    one = hand_overs.keep(desk.db, HandOver(HANDED, "head nurse", topic="stock order"))
    with pytest.raises(Refused, match="it would end before it began"):
        hand_overs.end(desk.db, one, day("2026-02-01"))
    hand_overs.end(desk.db, one, day(ended))
    (entry,) = entries(desk)
    assert [week.number for week in entry.weeks] == weeks


def test_one_that_is_still_to_come_and_one_that_nobody_asks_about(desk: Desk) -> None:
    hand_overs.keep(desk.db, HandOver(date(2090, 1, 1), "head nurse", topic="stock order"))
    hand_overs.keep(desk.db, HandOver(HANDED, "head nurse", topic="never asked"))
    coming, never = entries(desk)
    assert [week.number for week in coming.weeks] == [-4, -3, -2, -1]
    assert {week.left_out for week in coming.weeks} == {"not over"}
    assert (coming.verdict.word, coming.came_back) == ("too early", None)
    assert (never.together.hours_before, never.came_back, never.verdict.word) == (0, 0, "too early")


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (HandOver(HANDED, "head nurse"), "it does not say what is handed over"),
        (HandOver(HANDED, "head nurse", topic="a", uid=1), "it does not say what is handed over"),
        (HandOver(HANDED, " ", topic="a"), "it does not say who takes it"),
        (HandOver(HANDED, "x" * 2001, topic="a"), "longer than 2,000 signs"),
        (HandOver(HANDED, "head nurse", topic="a", locations=("Nowhere",)), "one of its locations is not in your practice"),
        (HandOver(date(1800, 1, 1), "head nurse", topic="a"), "between 1990 and 2100"),
    ],
)
def test_what_cannot_be_handed_over_is_refused(desk: Desk, what: HandOver, said: str) -> None:
    with pytest.raises(Refused) as refused:
        hand_overs.keep(desk.db, what)
    assert said in str(refused.value)
    assert entries(desk) == ()


def test_what_somebody_has_already_is_not_handed_over_twice(desk: Desk) -> None:
    at_north = hand_overs.keep(desk.db, HandOver(HANDED, "head nurse", topic="Stock order", locations=("North",)))
    hand_overs.keep(desk.db, HandOver(HANDED, "head nurse", topic="stock order", locations=("Riverside",)))
    hand_overs.keep(desk.db, HandOver(HANDED, "head nurse", topic="refund"))
    for locations in ((), ("North",), ("Riverside", "North")):
        with pytest.raises(Refused, match="this is handed over already"):
            hand_overs.keep(desk.db, HandOver(HANDED, "front desk", topic=" STOCK order", locations=locations))
    with pytest.raises(Refused, match="this is handed over already"):
        hand_overs.keep(desk.db, HandOver(HANDED, "front desk", topic="refund", locations=("North",)))
    hand_overs.end(desk.db, at_north, day("2026-02-16"))
    with pytest.raises(Refused, match="this is handed over already"):
        hand_overs.keep(desk.db, HandOver(day("2026-02-15"), "front desk", topic="stock order", locations=("North",)))
    hand_overs.keep(desk.db, HandOver(day("2026-02-16"), "front desk", topic="stock order", locations=("North",)))
    assert len(entries(desk)) == 4


def test_what_is_taken_out_leaves_the_file(desk: Desk) -> None:
    one = hand_overs.keep(desk.db, HandOver(HANDED, "head nurse", topic="zqtopic", good="zqgood", locations=("North",)))
    assert desk.has("zqgood")
    assert desk.broken() == []
    with open_read(desk.db) as con:
        assert b"zqgood" in leave.files(con)["hand_overs.csv"]
    forget.forget_before(desk.db, HANDED)  # what is forgotten of the log leaves the owner's own words
    assert desk.sql("select count(*) from hand_overs") == [(1,)]
    hand_overs.remove(desk.db, one)
    assert desk.sql("select count(*) from hand_over_locations") == [(0,)]
    assert not desk.has("zqtopic")
    assert not desk.has("zqgood")


def test_hours_before_and_after_are_those_of_the_slices(desk: Desk) -> None:
    hand_overs.keep(desk.db, HandOver(HANDED, "head nurse", topic="stock order"))
    (entry,) = entries(desk)
    topics = dict(desk.sql("select interruption_id, lower(trim(topic)) from interruptions"))
    slices = desk.sql("select epoch(starts_at)::bigint, epoch(ends_at)::bigint, interruption_id from time_slices")
    for week in entry.weeks:
        begins = (week.begins - date(1970, 1, 1)).days * 86_400
        minutes = sum(
            sum(1 for minute in range(starts, ends, 60) if begins <= minute < begins + 7 * 86_400)
            for starts, ends, pull in slices
            if topics.get(pull) == "stock order"
        )
        assert week.hours == pytest.approx(minutes / 60)


def test_simulated_practices_are_judged_the_same_from_a_real_file(tmp_path: Any) -> None:
    chance = random.Random(7)
    known = {f"topic {n}": weeks(practice, chance) for n, practice in enumerate(practices(24, 7))}
    rows = []
    for topic, made in known.items():
        for week in made:
            for _ in range(week.pulls):
                at = HANDED + timedelta(days=7 * week.number + chance.randrange(5))
                rows.append(
                    f"{at} {chance.randrange(8, 18):02d}:{chance.randrange(60):02d},{chance.randint(2, 12)},North,,{topic}"
                )
    desk = at_desk(tmp_path / "simulated")
    rota = ["RRULE:FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20260410T235959Z"]
    desk.take(("work.ics", calendar("Work", event("Rota", "2026-01-05 09:00", "10:00", *rota))), ("log.csv", log(*rows)))
    for topic in known:
        hand_overs.keep(desk.db, HandOver(HANDED, "front desk", topic=topic))
    found = {entry.label: entry for entry in entries(desk)}
    for topic, made in known.items():
        compared = [week for week in found[topic].weeks if week.number < 8]
        assert {week.left_out for week in compared} == {""}
        assert [week.pulls for week in compared] == [week.pulls for week in made]
    now = {topic: entry.verdict.word for topic, entry in found.items()}
    assert set(now.values()) >= {"too early", "holding"}
    for topic, made in known.items():
        later = [Week(week.number, week.pulls, 0.0, not week.left_out) for week in found[topic].weeks if week.number >= 8]
        full = [Week(week.number, week.pulls, 0.0) for week in made]
        assert now[topic] == of_pulls([*full, *later]).word
