"""Help says what the README says and what the program does; its picture is counted, and each page leads to its part."""

from __future__ import annotations

import re

import pytest

from etl import example
from etl.example import Morning
from etl.transform import verdict
from etl.transform.words import built_in
from pages.parts import charts_help, help_link, help_words, shell, tour
from pages.parts.ink import DARK, LIGHT, ROLE_COLOURS, Ink
from tests.pages.conftest import Opened
from tests.pages.test_pages_run import words
from tests.test_readme import README, table


@pytest.fixture(scope="module")
def morning() -> Morning:
    return example.morning()


def section(heading: str) -> str:
    """The README below a heading, on one line, without its marks."""
    return plain(README.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0])


def plain(text: str) -> str:
    return " ".join(re.sub(r"[*`]", "", text).split())


def test_the_example_is_the_morning_of_the_readme_and_is_counted(morning: Morning) -> None:
    assert [list(row.values()) for row in help_words.morning_rows(morning)] == table("## How hours are counted")
    assert help_words.finding(morning) == (
        "3 h passed and 3 h are counted: 1 h management, 2 h clinical. Adding up the calendar would have given 4 h."
    )
    said = section("How hours are counted")
    assert "Three hours passed and three hours are counted: two clinical, one of management" in said
    assert "Adding up the calendars would have given four" in said


@pytest.mark.parametrize("ink", [LIGHT, DARK])
def test_the_picture_has_a_row_for_each_thing_and_one_for_what_counts(morning: Morning, ink: Ink) -> None:
    drawn = charts_help.morning(morning, ink)
    rows = [note.text for note in drawn.layout.annotations if not note.text.endswith(":00")]
    assert rows == [
        "Calendar: Surgery list, North",
        "Calendar: Staff meeting, North",
        "Log: 6 minutes about Riverside",
        charts_help.COUNTED,
    ]
    counted = drawn.data[-1]
    assert list(counted.base) == [540, 600, 620, 626, 660]
    assert list(counted.x) == [60, 20, 6, 34, 60]
    assert list(counted.marker.color) == [ROLE_COLOURS[role] for role in ("clinical", *["management"] * 3, "clinical")]
    assert list(counted.marker.pattern.shape) == ["", "", "/", "", ""]


def test_the_words_of_the_verdict_are_those_of_the_readme_and_of_the_program() -> None:
    told = {word: plain(so) for word, so in table("## Handing over")}
    assert {word: plain(so) for word, so in help_words.VERDICTS.items()} == told
    assert list(told) == [verdict.HOLDING, verdict.BOUNCED, verdict.NO_CHANGE, verdict.TOO_EARLY]
    numbers = (verdict.SURE, verdict.BY_ORDER, verdict.GONE, verdict.FEW_LEFT, verdict.A_THIRD, verdict.POWER)
    assert numbers == (1 / 100, 3 / 100, 1 / 2, 1 / 4, 1 / 3, 4 / 5)  # as the sentences say them
    assert (verdict.WINDOW, verdict.FEWEST) == (4, 2)


def test_all_ways_to_log_are_those_of_the_readme() -> None:
    listed = re.findall(r"^- \*\*(.+?)\*\*", README.split("## The interruption log\n", 1)[1].split("```csv", 1)[0], re.MULTILINE)
    assert list(help_words.LOGGING) == listed
    assert "`6 riverside front desk supplier order`" in help_words.LOGGING["In one line"]
    assert "6 riverside front desk supplier order" in section("The interruption log")


def test_the_rules_and_what_is_never_stored_are_said_in_the_same_words() -> None:
    counted, data = section("How hours are counted"), section("Your data")
    for rule in help_words.RULES[:3]:
        for sentence in re.findall(r"[^.]{30,}\.", plain(rule)):
            last = sentence.strip().rsplit(", ", 1)[-1].rstrip(".")
            assert last in counted, last
    for never in help_words.NEVER:
        assert never in data, never


def test_examples_of_roles_are_read_from_the_word_list() -> None:
    listed = built_in()
    said = "\n".join(help_words.activities(listed.groups, "leadership"))
    groups = [group for group in listed.groups if group.role == "leadership"]
    assert len(groups) > 4
    for group in groups:
        first = help_words.plain(group)[0]
        assert f"- **{group.activity}**: {first}" in said
        found = listed.find(first)
        assert found is not None
        assert found.role == "leadership", first


def test_each_page_leads_to_its_help_and_each_part_is_asked_for_somewhere() -> None:
    titles = {title for _, title, _ in shell._PAGES}
    assert set(help_link.NEEDED) <= titles
    assert {part for parts in help_link.NEEDED.values() for part in parts} == set(help_link.PARTS)


@pytest.mark.parametrize("part", help_link.PARTS)
def test_each_part_is_there_while_nothing_is_loaded(
    part: str,
    opened: Opened,
    tmp_path: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OWNER_TIME_DB", f"{tmp_path}/none.duckdb")
    said = words(opened("help", help_part=part))
    assert "could not be drawn" not in said
    assert len(said) > 200


def test_the_tour_has_five_steps_on_pages_there_are_and_ends_with_the_owners_own_calendar() -> None:
    known = {(name, title) for name, title, _ in shell._PAGES}
    assert len(tour.STEPS) == 5
    assert all((step.page, step.title) in known for step in tour.STEPS)
    assert [step.yours for step in tour.STEPS] == [False] * 4 + [True]
