from datetime import UTC, datetime

import pytest

from etl.clock import seconds, wall
from etl.extract.rule import UnsoundError, dates, read_rule


def days(rule: str, start: str = "20260105T090000", until: str = "20261231T235959") -> list[str]:
    """The first five dates of a rule from a start on, as month, day and hour."""
    first, last = (seconds(datetime.strptime(text, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)) for text in (start, until))
    return [f"{wall(at):%m%d %H}" for at in dates(read_rule(rule), first, last)[:5].tolist()]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("freq=weekly; byday=mo,we;count=3", ["0105 09", "0107 09", "0112 09"]),
        ("FREQ=DAILY;COUNT=2;X-MORE=1", ["0105 09", "0106 09"]),
        ("FREQ=DAILY;BYMONTHDAY=13;BYDAY=FR", ["0213 09", "0313 09", "1113 09"]),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", ["0130 09", "0227 09"]),
        ("FREQ=MONTHLY;BYDAY=MO,1TU;COUNT=4", ["0105 09", "0106 09", "0112 09", "0119 09"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ["0130 09", "0227 09"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", ["0131 09", "0228 09"]),
        ("FREQ=YEARLY;BYDAY=20MO", ["0518 09"]),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", ["0511 09"]),
        ("FREQ=YEARLY;BYWEEKNO=20", ["0511 09"]),  # the weekday is that of DTSTART
        ("FREQ=YEARLY;BYYEARDAY=-1,32", ["0201 09", "1231 09"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=SU;COUNT=3", ["0106 09", "0118 09", "0120 09"]),
        ("FREQ=HOURLY;INTERVAL=9;COUNT=3", ["0105 09", "0105 18", "0106 03"]),
        ("FREQ=DAILY;BYHOUR=8,12;COUNT=3", ["0105 12", "0106 08", "0106 12"]),
    ],
)
def test_the_dates_of_a_rule(rule, found):
    assert days(rule) == found


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
        ("FREQ=WEEKLY;BYMONTHDAY=1", "mixes parts that do not go together"),
        ("FREQ=DAILY;BYHOUR=24", "asks for a date that does not exist (BYHOUR)"),
        ("FREQ=MONTHLY;BYDAY=6MO", "asks for a date that does not exist (BYDAY)"),
        ("FREQ=DAILY;BYHOUR=9,10;BYMINUTE=" + ",".join(map(str, range(60))), "comes more than 48 times a day"),
    ],
)
def test_an_unsound_rule_says_why(rule, why):
    with pytest.raises(UnsoundError, match=f"^{why.replace('(', '[(]').replace(')', '[)]')}$"):
        read_rule(rule)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=HOURLY;INTERVAL=168;BYDAY=TU",
        "FREQ=MONTHLY;INTERVAL=2;BYMONTH=2,4",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
    ],
)
def test_a_rule_that_no_date_meets_ends_like_any_other(rule):
    assert days(rule, until="21001231T000000") == []


@pytest.mark.parametrize(
    ("rule", "times"),
    [("FREQ=DAILY", 1), ("FREQ=HOURLY", 24), ("FREQ=HOURLY;INTERVAL=5", 5), ("FREQ=DAILY;BYHOUR=9,12;BYMINUTE=0,30", 4)],
)
def test_how_many_dates_a_day_may_have(rule, times):
    assert read_rule(rule).times_a_day == times
