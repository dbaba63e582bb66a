"""Which titles have one form, and which do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.titles import form


@pytest.mark.parametrize(
    "titles",
    [
        ("1:1 S.", "1-1 K.", "One-to-one 2", "Re: 1:1 S", "1 on 1 J.K.", "FWD: RE: 1 to 1"),
        (
            "Staff meeting",
            "staff  MEETING",
            "Staff meeting 14/3",
            "Staff mtg 3",
            "Staff meeting, 12 March 2026",
            "Staff meeting #4",
        ),
        ("Order 4711?", "Order?", "Fwd: order 12", "Order Tue 14.3."),
        ("Week 32 numbers", "Week 9 numbers"),
        ("Q3 goals", "Q4 2026 goals", "goals"),
        ("B. dental", "K. dental", "Dental"),
        ("Payroll Mar 2026", "Payroll April 2026", "Payroll"),
        ("Huddle 08:15", "Huddle 8.15 am", "Huddle"),
    ],
)
def test_titles_that_mean_the_same_have_one_form(titles: tuple[str, ...]) -> None:
    assert len({form(title) for title in titles}) == 1, {title: form(title) for title in titles}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Staff meeting", "Staff training"),
        ("X ray list", "Ray list"),
        ("March of the penguins", "of the penguins"),
        ("???", "!!!"),
        ("12", "13"),
        ("Vitamin day", "Vitamin"),
        ("R&D", "R D"),
        ("May I go", "I go"),
        ("", "?"),
    ],
)
def test_titles_that_mean_another_thing_have_another_form(one: str, other: str) -> None:
    assert form(one) != form(other)


def test_a_title_of_numbers_and_marks_alone_is_its_own_form() -> None:
    assert [form(title) for title in ("???", " 12:30  14/3 ", "")] == ["???", "12:30 14/3", ""]


@given(st.text())
def test_a_form_has_itself_as_its_form_and_forgets_case_and_blanks(title: str) -> None:
    assert form(f"  {title}\t") == form(title)
    assert form(form(title)) == form(form(form(title)))
