"""The verdicts: right in what is plain, silent in what is not, and hardly ever wrong about a hand-over that does nothing."""

import pytest

from etl.transform.verdict import Week, of_hours, of_pulls
from tests.hand_overs.__main__ import EVENTS, LOOKS, TOPICS, Kind, table, told, wrong


def weeks(before: list[int], after: list[int], off: frozenset[int] = frozenset()) -> list[Week]:
    numbered = [*enumerate(before, -len(before)), *enumerate(after)]
    return [Week(number, pulls, float(pulls), number not in off) for number, pulls in numbered]


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        ([5, 5, 5, 5], [0], "too early"),
        ([5], [0, 0, 0, 0], "too early"),
        ([1, 1, 1, 1], [0, 0], "too early"),
        ([5, 6, 4, 5], [1, 0], "holding"),
        ([5, 6, 4, 5], [1, 0, 0, 1, 0, 0, 1], "holding"),
        ([5, 6, 4, 5], [1, 0, 0, 5, 6, 5], "bounced back"),
        ([5, 6, 4, 5], [0, 0, 0, 0, 6, 5], "bounced back"),
        ([9, 10, 11, 9], [10, 9, 9, 11], "no change"),
        ([9, 10, 11, 9], [15, 14, 16, 15], "no change"),
        ([2, 2, 3, 2], [2, 1, 2, 2], "too early"),
    ],
)
def test_of_interruptions(before: list[int], after: list[int], word: str) -> None:
    assert of_pulls(weeks(before, after)).word == word


def test_weeks_that_are_left_out_count_on_neither_side() -> None:
    assert of_pulls(weeks([5, 5, 5, 5], [0, 0, 0], off=frozenset({0, 1}))).word == "too early"
    assert of_pulls(weeks([0, 0, 5, 5, 5, 5], [5, 0, 0, 0], off=frozenset({0}))).word == "holding"


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        ([2, 2, 2, 2], [0, 0], "too early"),
        ([2, 2, 2, 2], [0, 0, 0], "holding"),
        ([2, 2, 2, 2], [0, 2], "too early"),  # one skipped, not handed over
        ([2, 2, 2, 2], [0, 2, 2, 2], "no change"),
        ([2, 2, 2, 2], [1, 1, 1, 1], "holding"),
        ([2, 2, 2, 2], [0, 0, 0, 2, 2], "bounced back"),
        ([2, 0, 2, 2], [0, 0, 0, 2, 2], "no change"),  # it was missed before, too
        ([2, 0, 2, 0], [0] * 6, "too early"),
        ([2, 0, 2, 0], [0] * 18, "holding"),
        ([0, 0, 2, 0], [0, 0], "too early"),
    ],
)
def test_of_events(before: list[int], after: list[int], word: str) -> None:
    assert of_hours(weeks(before, after)).word == word


@pytest.mark.parametrize("kind", [TOPICS, EVENTS], ids=["topics", "events"])
def test_of_200_practices_that_do_nothing_at_most_one_in_twenty_is_judged_wrongly(kind: Kind) -> None:
    found, ever = told(600, kind)  # 200 of each truth
    print(table(found))
    for look in LOOKS:
        count, of = wrong(found, look)
        assert count <= 0.05 * of
    assert ever <= 0.05 * of


def test_what_works_is_often_seen_by_the_fourth_week_and_what_fails_is_never_said_to_do_nothing_first() -> None:
    found, _ = told(600)
    works = found["works", 4]
    assert works["holding"] > 0.45 * works.total()
    assert works["bounced back"] + works["no change"] == 0
    assert found["fails", 8]["bounced back"] > 10 * found["fails", 8]["holding"]


def test_what_is_planned_every_third_week_is_not_gone_in_the_weeks_between() -> None:
    for before, after in (([1, 0, 0, 1], [0, 0]), ([1, 1, 0, 0], [0, 0, 1, 1]), ([1, 0, 0, 1], [0, 0, 1, 0, 0])):
        assert of_hours(weeks(before, after)).word in ("too early", "no change")
