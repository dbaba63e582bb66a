"""Call lists that come after each other: of one telephone the newer one renews the older, of two telephones neither does."""

from pathlib import Path

import pytest

from etl import changes, logbook
from etl.model import Interruption
from tests.extract.test_calls import PHONES, calls
from tests.making import Desk, at_desk, moment

TWO_NUMBERS = PHONES.replace('"204"', '"204", "205"')


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return at_desk(tmp_path / "desk", TWO_NUMBERS)


def began(desk: Desk) -> list[str]:
    return [at for (at,) in desk.sql("select strftime(starts_at, '%m-%d %H:%M') from interruptions order by starts_at")]


def test_a_number_that_is_taken_away_takes_its_calls_along(desk: Desk) -> None:
    export = calls("2026-01-05,10:20,204,372,answered,", "2026-01-05,11:20,205,372,answered,")
    desk.take(("january.csv", export))
    changes.use_practice(desk.db, PHONES)
    desk.take(("january.csv", export))  # half of the hours go, which was asked for
    assert began(desk) == ["01-05 10:20"]
    assert desk.sql("select notice from practice") == [("",)]
    changes.use_practice(desk.db, PHONES.replace('"+1 416 555 0199", "204"', '"555 0111"'))
    desk.take(("january.csv", export))
    assert began(desk) == []


def test_two_telephones_under_one_name_are_two(desk: Desk) -> None:
    office = [f"2026-01-{day:02},10:20,204,600,answered," for day in range(5, 20)]
    mobile = [f"2026-01-{day},15:20,204,60,answered," for day in (16, 19)]
    desk.take(("office.csv", calls(*office)), ("mobile.csv", calls(*mobile)))
    assert len(began(desk)) == 17
    assert desk.sql("select name from sources order by name") == [("Telephone",), ("Telephone (mobile)",)]
    desk.take(("calls.csv", calls(*mobile, "2026-01-20,15:20,204,60,answered,")))  # by its calls, whatever the file is called
    desk.take(("calls.csv", calls(*office[:-1])))
    assert desk.sql("select name from sources order by name") == [("Telephone",), ("Telephone (mobile)",)]
    assert len(began(desk)) == 18  # what lies behind the last call of a list stays
    changes.use_practice(desk.db, PHONES)
    assert len(desk.sql("select notice from practice")[0][0].splitlines()) == 2


def test_a_location_that_is_named_anew_brings_no_corrected_call_back(desk: Desk) -> None:
    export = calls("2026-01-05,10:20,204,60,answered,", "2026-01-05,12:20,204,60,answered,")
    desk.take(("january.csv", export))
    first, second = (row[0] for row in desk.sql("select interruption_id from interruptions order by starts_at"))
    logbook.correct(desk.db, [(first, Interruption(moment("2026-01-05 10:20"), 30, "North"))], [second])
    changes.use_practice(desk.db, TWO_NUMBERS.replace('"Riverside"', '"Lakeside"'))
    (notice,) = desk.sql("select notice from practice")[0]
    assert (
        notice
        == "Please load the call list “Telephone” again: you have changed the names or telephone numbers of your locations."
    )
    desk.take(("january.csv", export))
    assert desk.sql("select about_location, epoch(ends_at - starts_at) / 60 from interruptions") == [("North", 30)]


def test_a_list_of_the_same_days_renews_them_strangers_calls_included(desk: Desk) -> None:
    desk.take(("a.csv", calls(
        "2026-01-05,09:00,6475557777,60,answered,",
        "2026-01-05,10:20,204,60,answered,",
        "2026-01-05,12:20,204,60,answered,",
        "2026-01-05,13:20,204,60,answered,",
    )))  # fmt: skip
    desk.take(("b.csv", calls(
        "2026-01-05,09:00,6475557777,60,answered,",
        "2026-01-05,10:20,204,60,answered,",
        "2026-01-05,12:20,204,60,answered,",
        "2026-01-05,18:00,6475557777,60,answered,",
    )))  # fmt: skip
    assert began(desk) == ["01-05 10:20", "01-05 12:20"]
