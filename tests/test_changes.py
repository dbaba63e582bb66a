"""What the owner changes by hand: titles filed, the log corrected, settings saved."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl import changes, filing, logbook
from etl.filing import Answer
from etl.model import Interruption, Refused
from etl.pipeline import load
from etl.sample import load_sample
from tests.making import PRACTICE, Desk, at_desk, calendar, day, event, log, moment

ZQ = (
    "work.ics",
    calendar("Work", event("Zq (new?) Smith", "2026-01-05 09:00", "10:00"), event("Zq", "2026-01-06 09:00", "12:00")),
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return at_desk(tmp_path / "desk")


def file(desk: Desk, *answers: Answer) -> None:
    filing.file(desk.db, answers)


def entries(desk: Desk) -> list[tuple[object, ...]]:
    return desk.sql("select strftime(starts_at, '%d %H:%M'), topic from interruptions order by all")


def ids(desk: Desk) -> list[str]:
    return [found for (found,) in desk.sql("select interruption_id from interruptions order by starts_at")]


def test_a_title_is_filed_as_a_rule_that_finds_it_and_no_other(desk: Desk) -> None:
    desk.take(ZQ)
    file(desk, Answer("management", "staff", "North", titles=("Zq (new?) Smith",)))
    assert desk.hours() == {("management", "North"): 1, ("unclassified", "Practice-wide"): 3}
    assert desk.practice.read_text("utf-8") == changes.practice_text(desk.db)
    assert 'activity = "staff"' in desk.practice.read_text("utf-8")
    assert desk.load(ZQ)[0].nothing_new


def test_the_newest_answer_wins(desk: Desk) -> None:
    desk.take(ZQ)
    file(desk, Answer("management", titles=("Zq",)), Answer("leadership", titles=("Zq (new?) Smith",)))
    file(desk, Answer("personal", titles=("Zq",)))
    assert desk.hours() == {("personal", "Practice-wide"): 3, ("leadership", "Practice-wide"): 1}


def test_a_title_filed_as_clinical_leaves_every_byte_and_is_found_in_a_newer_export(desk: Desk) -> None:
    desk.take(ZQ)
    file(desk, Answer("clinical", "surgery", titles=("Zq (new?) Smith",)))
    assert desk.hours() == {("clinical", "Practice-wide"): 1, ("unclassified", "Practice-wide"): 3}
    assert not desk.has("smith")
    newer = calendar("Work", event("ZQ  (new?) SMITH", "2026-01-05 09:00", "11:00", uid="Zq (new?) Smith2026-01-05 09:00"))
    desk.take(("work.ics", newer))
    assert desk.hours() == {("clinical", "Practice-wide"): 2, ("unclassified", "Practice-wide"): 3}
    assert not desk.has("smith")


def test_a_title_filed_otherwise_first_leaves_its_older_rule_too(desk: Desk) -> None:
    desk.take(ZQ)
    file(desk, Answer("management", titles=("Zq (new?) Smith",)))
    file(desk, Answer("clinical", titles=("Zq (new?) Smith",)))
    assert desk.hours() == {("clinical", "Practice-wide"): 1, ("unclassified", "Practice-wide"): 3}
    assert not desk.has("smith")


def test_a_dropped_title_is_corrected_by_typing_it(desk: Desk) -> None:
    desk.take(ZQ)
    file(desk, Answer("clinical", titles=("Zq (new?) Smith",)))
    file(desk, Answer("management", titles=("zq (new?) smith",)))
    assert desk.hours() == {("management", "Practice-wide"): 1, ("unclassified", "Practice-wide"): 3}


def test_clinical_titles_that_may_be_kept_stay_readable(desk: Desk) -> None:
    desk.practice.write_text(PRACTICE + '[privacy]\nclinical_titles = "keep"\n')
    desk.take(ZQ)
    file(desk, Answer("clinical", titles=("Zq",)))
    assert ("01-06 09:00", "Zq") in desk.titles()
    assert "title_key" not in desk.practice.read_text()


def test_an_answer_that_cannot_be_changes_nothing(desk: Desk) -> None:
    desk.take(ZQ)
    with pytest.raises(Refused, match="location"):
        file(desk, Answer("management", "", "Nowhere", titles=("Zq",)))
    assert desk.hours() == {("unclassified", "Practice-wide"): 4}
    assert desk.practice.read_text() == PRACTICE


def test_an_edit_by_hand_is_not_lost(desk: Desk) -> None:
    desk.take(ZQ)
    assert not changes.changed_outside(desk.db)
    by_hand = PRACTICE + '\n[[rule]]\nrole = "leadership"\ntitle = "^zq$"  # mine\n'
    desk.practice.write_text(by_hand)
    assert changes.changed_outside(desk.db)
    with pytest.raises(Refused, match=r"practice\.toml: it was changed outside of the dashboard"):
        file(desk, Answer("management", titles=("Zq",)))
    assert desk.practice.read_text() == by_hand
    changes.use_practice(desk.db, by_hand, write_file=False)
    assert not changes.changed_outside(desk.db)
    file(desk, Answer("management", titles=("Zq (new?) Smith",)))
    assert "# mine" in desk.practice.read_text()
    assert desk.hours() == {("leadership", "Practice-wide"): 3, ("management", "Practice-wide"): 1}


def test_a_wrong_practice_changes_nothing(desk: Desk) -> None:
    desk.take(ZQ)
    with pytest.raises(Refused, match=r"practice\.toml, line 2: .*nme"):
        changes.use_practice(desk.db, '[practice]\nnme = "Oak"\n')
    assert (changes.practice_text(desk.db), desk.practice.read_text()) == (PRACTICE, PRACTICE)


def test_a_file_that_cannot_be_written_undoes_the_change(desk: Desk) -> None:
    desk.take(ZQ)
    desk.practice.unlink()
    desk.practice.mkdir()
    with pytest.raises(Exception, match=r"practice\.toml"):
        changes.use_practice(desk.db, PRACTICE.replace("Maple", "Oak"))
    assert desk.sql("select name from practice") == [("Maple",)]


def test_the_samples_practice_is_never_written_over_the_owners(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk")
    sample = desk.folder / "sample.duckdb"
    load_sample(sample, day("2026-06-30"))
    waiting = changes.practice_text(sample)
    assert not changes.changed_outside(sample)
    filing.file(sample, [Answer("management", titles=("Catch up",))])
    assert desk.practice.read_text() == PRACTICE
    assert changes.practice_text(sample) != waiting
    with pytest.raises(Refused, match="this is the sample practice"):
        load([ZQ], sample)


def test_one_interruption_is_typed_in_before_anything_is_loaded(tmp_path: Path) -> None:
    desk = at_desk(tmp_path / "desk", "")
    logbook.write_down(desk.db, [Interruption(moment("2026-01-05 09:00"), 7.5, topic="stock order")])
    assert desk.hours() == {("management", "Practice-wide"): 0.125}
    logbook.write_down(desk.db, [Interruption(moment("2026-01-05 09:00"), 7.5, topic="stock order")])
    assert desk.sql("select source_id, name from sources") == [("typed in", "typed in")]
    assert [starts for starts, _ in entries(desk)] == ["05 08:59", "05 09:00"]  # nothing typed is lost


@pytest.mark.parametrize("minutes", [0, -5, 1440.1, 2000, float("nan"), float("inf")])
def test_minutes_that_cannot_be_are_refused(desk: Desk, minutes: float) -> None:
    with pytest.raises(Refused, match="the minutes must be more than 0 and at most 1440"):
        logbook.write_down(desk.db, [Interruption(moment("2026-01-05 09:00"), minutes)])
    assert not desk.db.exists()


def test_a_day_that_cannot_be_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="the day must lie between 1990 and 2100"):
        logbook.write_down(desk.db, [Interruption(moment("0026-01-05 09:00"), 5)])


def test_what_was_corrected_or_deleted_is_not_revived_by_its_log(desk: Desk) -> None:
    rows = [
        "2026-01-05 09:00,10,North,desk,zstock",
        "2026-01-05 10:00,10,North,desk,zrota",
        "2026-01-05 11:00,10,North,desk,payroll",
    ]
    desk.take(("log.csv", log(*rows)))
    stock, rota, _ = ids(desk)
    corrected = Interruption(moment("2026-01-05 09:00"), 20, "Riverside", "desk", "orders")
    logbook.correct(desk.db, [(stock, corrected)], [rota])
    expected = [("05 09:00", "orders"), ("05 11:00", "payroll")]
    assert entries(desk) == expected
    assert [word for word in ("zstock", "zrota") if desk.has(word)] == []
    desk.take(("log.csv", log(*rows, "2026-01-05 12:00,10,North,desk,rota")))
    assert entries(desk) == [*expected, ("05 12:00", "rota")]
    assert [word for word in ("zstock", "zrota") if desk.has(word)] == []
    assert desk.hours() == {("management", "Riverside"): 1 / 3, ("management", "North"): 1 / 3}


def test_a_deleted_one_stays_deleted_in_another_zone(desk: Desk) -> None:
    rows = ["2026-01-05 09:00,10,North,desk,stock", "2026-01-05 10:00,10,North,desk,rota"]
    desk.take(("log.csv", log(*rows)))
    logbook.correct(desk.db, [], ids(desk)[:1])
    changes.use_practice(desk.db, PRACTICE.replace('"UTC"', '"America/Toronto"'))
    desk.take(("log.csv", log(*rows, "2026-01-05 12:00,10,North")))
    assert entries(desk) == [("05 15:00", "rota"), ("05 17:00", None)]


def test_a_deleted_one_that_is_typed_in_again_is_there(desk: Desk) -> None:
    desk.take(("log.csv", log("2026-01-05 09:00,10,North,desk,stock")))
    logbook.correct(desk.db, [], ids(desk))
    assert entries(desk) == []
    logbook.write_down(desk.db, [Interruption(moment("2026-01-05 09:00"), 10, "North", "desk", "stock")])
    assert entries(desk) == [("05 09:00", "stock")]


def test_a_correction_that_says_the_same_changes_nothing(desk: Desk) -> None:
    desk.take(("log.csv", log("2026-01-05 09:00,10,North,desk,stock,yes,,phone,note")))
    (entry,) = ids(desk)
    same = Interruption(moment("2026-01-05 09:00"), 10, "North", "desk", "stock", True, None, "phone", "note")
    logbook.correct(desk.db, [(entry, same)], [])
    assert ids(desk) == [entry]
    assert desk.broken() == []


def test_an_instant_with_its_zone_is_taken_as_it_is(desk: Desk) -> None:
    desk.practice.write_text(PRACTICE.replace('"UTC"', '"Asia/Kolkata"'))
    logbook.write_down(desk.db, [Interruption(datetime(2026, 1, 5, 9, tzinfo=UTC), 10)])
    logbook.write_down(desk.db, [Interruption(moment("2026-01-05 09:00"), 10)])
    assert entries(desk) == [("05 03:30", None), ("05 09:00", None)]
