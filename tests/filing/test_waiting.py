"""From titles to roles in a few answers: on two years of an invented owner with hundreds of titles that no list knows."""

from collections import defaultdict

import pytest

from etl import filing
from etl.waiting import Group, Waiting, waiting
from tests.filing.two_years import PRACTICE, exports
from tests.making import Desk, at_desk

FILES, TRUTH = exports()
MOST_ANSWERS = 15


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = at_desk(tmp_path_factory.mktemp("two") / "desk", PRACTICE)
    desk.take(*FILES)
    return desk


def of_truth(group: Group, hours: dict[str, float]) -> tuple[float, float]:
    """Hours of a group, and those of them that have the truth's role as suggested."""
    assert group.suggestion is not None
    right = sum(hours[title] for title in group.titles if TRUTH[title] == group.suggestion.role)
    return sum(hours[title] for title in group.titles), right


def test_fifteen_answers_as_suggested_settle_nine_tenths_of_the_hours_rightly(two_years: Desk) -> None:
    before: dict[str, float] = defaultdict(float)
    for row in two_years.ask("waiting_titles"):
        before[row["title"]] += row["hours"]
    assert len(TRUTH) >= 600
    assert len(before) >= 500
    found = waiting(two_years.db)
    assert found.hours == pytest.approx(sum(before.values()))
    answered = [group for group in found.groups if group.suggestion][:MOST_ANSWERS]
    filing.file(two_years.db, answers(found, answered))
    after = sum(row["hours"] for row in two_years.ask("waiting_titles"))
    settled = 1 - after / found.hours
    sums = [of_truth(group, before) for group in answered]
    right = sum(each for _, each in sums) / sum(each for each, _ in sums)
    print(f"{len(answered)} answers settle {settled:.1%} of {found.hours:.0f} h, {right:.1%} of them rightly")
    assert settled >= 0.90
    assert right >= 0.98
    assert two_years.broken() == []
    _holds_the_truth(two_years, right)


def answers(found: Waiting, chosen: list[Group]) -> list[filing.Answer]:
    given = []
    for group in chosen:
        assert group.suggestion is not None
        stay = found.others_of(group.name, chosen) if group.kind == "calendar" else ()
        given.append(group.answer(group.suggestion.role, group.suggestion.activity, waiting=stay))
    return given


def _holds_the_truth(desk: Desk, right: float) -> None:
    """What is counted now against the truth, by starts alone: clinical titles are not kept."""
    truly: dict[str, float] = defaultdict(float)
    for _, data in FILES:
        for block in data.decode().split("BEGIN:VEVENT")[1:]:
            fields = dict(line.split(":", 1) for line in block.splitlines() if ":" in line)
            hours = (int(fields["DTEND"][9:11]) * 60 + int(fields["DTEND"][11:13])) - (
                int(fields["DTSTART"][9:11]) * 60 + int(fields["DTSTART"][11:13])
            )
            truly[TRUTH[fields["SUMMARY"]]] += hours / 60
    counted: dict[str, float] = defaultdict(float)
    for (role, _), hours in desk.hours().items():
        counted[role] += hours
    total = sum(truly.values())
    off = sum(abs(truly[role] - counted[role]) for role in truly) / total
    assert off <= 0.06, (dict(truly), dict(counted), right)
