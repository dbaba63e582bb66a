from datetime import date

import pytest

from etl.extract.guard import UnsoundError, checked_rule, times_a_day

MONDAY = date(2026, 1, 5)


@pytest.mark.parametrize(
    ("rule", "tidied"),
    [
        ("freq=weekly; byday=mo,we;", "FREQ=WEEKLY;BYDAY=MO,WE"),
        ("FREQ=DAILY;UNTIL=20260201", "FREQ=DAILY;UNTIL=20260201"),
        ("FREQ=DAILY;UNTIL=99991231T235959Z", "FREQ=DAILY;UNTIL=21001231T235959Z"),
        ("FREQ=DAILY;UNTIL=20260201T0000", "FREQ=DAILY;UNTIL=20260201"),
        ("FREQ=DAILY;COUNT=5;X-MORE=1", "FREQ=DAILY;COUNT=5"),
        ("FREQ=DAILY;BYMONTHDAY=13;BYDAY=FR", "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("FREQ=MONTHLY;BYDAY=MO,1TU", "FREQ=MONTHLY;BYDAY=1MO,2MO,3MO,4MO,5MO,1TU"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
    ],
)
def test_a_sound_rule_is_tidied(rule, tidied):
    assert checked_rule(rule, MONDAY) == tidied


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("COUNT=3", "does not say how often"),
        ("FREQ=SECONDLY", "comes more often than hourly"),
        ("FREQ=MINUTELY", "comes more often than hourly"),
        ("FREQ=FORTNIGHTLY", "is of a kind that calendars do not have (FREQ)"),
        ("FREQ=DAILY;INTERVAL=0", "has an INTERVAL outside 1 to 999"),
        ("FREQ=YEARLY;INTERVAL=99999999999", "has an INTERVAL outside 1 to 999"),
        ("FREQ=DAILY;INTERVAL=often", "has INTERVAL that is not a whole number"),
        ("FREQ=DAILY;COUNT=0", "has a COUNT of 0"),
        ("FREQ=DAILY;UNTIL=soon", "has an UNTIL that is not a date"),
        ("FREQ=DAILY;UNTIL=20260231", "has an UNTIL that is not a date"),
        ("FREQ=DAILY;FREQ=WEEKLY", "cannot be read"),
        ("D1 #10", "cannot be read"),
        ("FREQ=WEEKLY;BYDAY=XX", "cannot be read (BYDAY)"),
        ("FREQ=WEEKLY;WKST=XX", "cannot be read"),
        ("FREQ=DAILY;BYHOUR=24", "asks for a date that does not exist (BYHOUR)"),
        ("FREQ=MONTHLY;BYDAY=6MO", "asks for a date that does not exist (BYDAY)"),
        ("FREQ=DAILY;BYHOUR=9,10;BYMINUTE=" + ",".join(map(str, range(60))), "comes more than 48 times a day"),
    ],
)
def test_an_unsound_rule_says_why(rule, why):
    with pytest.raises(UnsoundError, match=f"^{why.replace('(', '[(]').replace(')', '[)]')}$"):
        checked_rule(rule, MONDAY)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=HOURLY;INTERVAL=168;BYDAY=TU",
        "FREQ=MONTHLY;INTERVAL=2;BYMONTH=2,4",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
        "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=3",
    ],
)
def test_a_rule_that_no_date_meets_is_never_searched_for(rule):
    with pytest.raises(UnsoundError, match="asks for a date that does not exist"):
        checked_rule(rule, MONDAY)


@pytest.mark.parametrize(
    ("rule", "times"),
    [("FREQ=DAILY", 1), ("FREQ=HOURLY", 24), ("FREQ=HOURLY;INTERVAL=5", 5), ("FREQ=DAILY;BYHOUR=9,12;BYMINUTE=0,30", 4)],
)
def test_how_many_dates_a_day_may_have(rule, times):
    assert times_a_day(rule) == times
