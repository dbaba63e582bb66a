"""Something to hold the average week against, off by default: the owner's own first weeks, then what was published of others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from etl.references import Reference, references
from pages.parts import charts_average, data, frames
from pages.parts.filters import in_words
from pages.parts.format import change, count, hours, percent, span, tight
from pages.parts.ink import ROLE_NAMES, WORK
from pages.parts.picture import numbers, picture
from pages.parts.view import View

NOT_A_TARGET = (
    "None of these is a target, and none is about owners of several locations: nobody has published how they split their week. "
    "Read who was measured, and what each figure is not, before you hold your own week against it."
)


def draw(view: View) -> None:
    """The switch and, where it is on, the own first weeks and the published figures."""
    if not st.toggle("Show references", key="references", help="Your own first weeks, and what was published of others."):
        return
    roles, first = data.ask(view.db, ("hours_by_role", view.versus), ("first_weeks", {"locations": view.locations}))
    rows = frames.records(first)
    st.subheader("How does it compare with your own first weeks?", anchor=False)
    if rows:
        _own(view, frames.records(roles), rows)
    else:
        st.markdown("No whole week is covered yet. The first four will stand here.")
    st.subheader("What has been published of others?", anchor=False)
    st.markdown(NOT_A_TARGET)
    st.markdown(published(references()))  # a table whose cells wrap: its words are the program's own


def _own(view: View, roles: Sequence[dict[str, Any]], first: Sequence[dict[str, Any]]) -> None:
    now = {row["role"]: row["hours_a_week"] for row in roles}
    then = {row["role"]: row["hours_a_week"] for row in first}
    st.markdown(tight(finding(now["leadership"], first, view.days.each_week)))
    picture(
        charts_average.average_week(
            now, then, (roles[0]["work_hours_a_week"] or 0.0, first[0]["work_hours_a_week"]),
            weeks_in_words(first), view.ink, view.days.each_week,
        ),
        "first_weeks",
        f"{weeks_in_words(first).capitalize()} against these days, hours a week: "
        + ", ".join(f"{ROLE_NAMES[role]} {hours(then.get(role))} then, {hours(now.get(role))} now" for role in WORK) + ".",
    )  # fmt: skip
    note = f"First weeks: {span(first[0]['from_day'], first[0]['to_day'])}. Now: {in_words(view.days)}."
    numbers(own_rows(roles, first), "first_weeks", note=note)


def weeks_in_words(first: Sequence[dict[str, Any]]) -> str:
    """`your first 4 weeks`."""
    return f"your first {count(first[0]['weeks'], 'week').removeprefix('1 ')}"


def finding(leading: float, first: Sequence[dict[str, Any]], each: str) -> str:
    """`Leadership: 3 h a week in your first 4 weeks, 5 h a week in these days.`"""
    then = next(row["hours_a_week"] for row in first if row["role"] == "leadership")
    return f"Leadership: {hours(then)} a week in {weeks_in_words(first)}, {hours(leading)}{each} in these days."


def own_rows(roles: Sequence[dict[str, Any]], first: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """A row a role: a week then and now, and the share of work then and now."""
    then = {row["role"]: row for row in first}
    return [
        {
            "Role": ROLE_NAMES[row["role"]],
            "First weeks, a week": hours(then[row["role"]]["hours_a_week"]),
            "These days, a week": hours(row["hours_a_week"]),
            "Change a week": change(row["hours_a_week"] - then[row["role"]]["hours_a_week"]),
            "First weeks, share of work": percent(then[row["role"]]["share"]),
            "These days, share of work": percent(row["share"]),
        }
        for row in roles
    ]


def published(figures: Sequence[Reference]) -> str:
    """The figures as a table in markdown, a row each."""
    head = ["| Figure | Measured on | What it is not |", "| --- | --- | --- |"]
    rows = [f"| {each.says} | {each.population}, {each.year}. {each.source} | {each.is_not} |" for each in figures]
    return "\n".join([*head, *rows])
