"""The words and tables of one location against another, from the rows of the mart against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.parts.charts_pairs import Fact
from pages.parts.format import brief, hours, label, number, percent, times

Rows = Sequence[Mapping[str, Any]]

_TOLD = {
    "Hours": "{more} gets {most}{each} of your time, {less} {least}.",
    "Leadership": "You lead {most}{each} at {more}, {least} at {less}.",
    "Leadership share": "Leading is {most} of your {more_hours}{each} at {more}, {least} of your {less_hours} at {less}.",
    "Management": "{more} takes {most}{each} of managing, {less} {least}.",
    "Management share": "Managing is {most} of your {more_hours}{each} at {more}, {least} of your {less_hours} at {less}.",
    "Management for each team member": "For each team member, {more} takes {most}{each} of managing, {less} {least}.",
    "Clinical": "Clinical work takes {most}{each} at {more}, {least} at {less}.",
    "Interruptions": "{more} asks {most}{each}, {less} {least}.",
    "Interruptions in ten open hours": "In ten open hours {more} asks {most}, {less} {least}.",
    "Interruptions for each team member": "For each team member, {more} asks {most}{each}, {less} {least}.",
    "Hours of interruptions": "Interruptions about {more} take {most}{each}, about {less} {least}.",
    "Interruptions while with patients": "While you are with patients, {more} asks {most}{each}, {less} {least}.",
}
_SHORT = {
    "Management for each team member": "Management a team member",
    "Interruptions in ten open hours": "Interruptions in ten open hours",
    "Interruptions for each team member": "Interruptions a team member",
    "Interruptions while with patients": "While with patients",
}
"""Where the name of a fact is too long for a narrow picture."""


def pick(head: str, key: str, names: Sequence[str]) -> str:
    """The choice of a location, always in the address, so that it stays when the order of the locations changes."""
    if (st.session_state.get(key) or st.query_params.get(key)) not in names:
        st.session_state[key] = st.query_params[key] = names[0]
    return str(st.selectbox(head, names, None, key=key, bind="query-params") or names[0])


def told(rows: Rows, one: str, other: str, each: str) -> list[str]:
    """The differences that the mart tells, the largest first, as sentences; names are escaped in them."""
    found = {row["fact"]: row for row in rows}
    return [
        _sentence(row, found["Hours"], (label(one), label(other)), each)
        for row in sorted((row for row in rows if row["told"]), key=lambda row: int(row["told"]))
    ]


def _sentence(row: Mapping[str, Any], worked: Mapping[str, Any], names: tuple[str, str], each: str) -> str:
    sides = ("one", "other")
    more = 0 if row["one"] >= row["other"] else 1
    less = 1 - more
    return _TOLD[row["fact"]].format(
        more=names[more],
        less=names[less],
        most=_amount(row, row[sides[more]]),
        least=_amount(row, row[sides[less]]),
        more_hours=hours(worked[sides[more]]),
        less_hours=hours(worked[sides[less]]),
        each=each,
    )


def _amount(row: Mapping[str, Any], value: float) -> str:
    if row["unit"] == "share":
        return percent(value)
    if row["unit"] == "h":
        return hours(value) if value >= 1 or not value else brief(value)
    return times(value) if value else "not once"


def nothing_told(rows: Rows, one: str, other: str) -> tuple[str, str]:
    """Heading and next sentence where the mart tells no difference: too little behind them, or too small."""
    if any(row["large"] for row in rows):
        return (
            f"Too little is known yet to tell {label(one)} from {label(other)}.",
            "Fewer than ten events or interruptions are behind what differs. Choose a longer period above.",
        )
    return (
        f"{label(one)} and {label(other)} differ little.",
        "Where enough is known to say so, none of their hours, shares or interruptions differs by a quarter or more.",
    )


def unit(row: Mapping[str, Any], each: str) -> str:
    """ "h a week", "% of its hours", "a week"; "in these days" where less than a week is shown."""
    if row["unit"] == "share":
        return "% of its hours"
    what = "h" * (row["unit"] == "h") + each * bool(row["weekly"])
    return what.strip() or ("in these days" if row["weekly"] else "")


def facts(rows: Rows, each: str) -> list[Fact]:
    """What the picture takes; a share in percent."""
    found = []
    for row in rows:
        one, other, largest = (row[side] * (100 if row["unit"] == "share" else 1) for side in ("one", "other", "largest"))
        name = _SHORT.get(str(row["fact"]), str(row["fact"]))
        found.append(Fact(name, unit(row, each), one, other, largest, (row["one_n"], row["other_n"])))
    return found


def in_one_line(found: Sequence[Fact], one: str, other: str) -> str:
    """All of the picture, for who cannot see it."""
    return f"{one} against {other}: " + ", ".join(
        f"{fact.name} {number(fact.one)} and {number(fact.other)} {fact.unit}".strip() for fact in found
    )


def table(rows: Rows, one: str, other: str, each: str) -> list[dict[str, str]]:
    """A row a fact: both values, and what is behind each."""
    return [
        {
            "Fact": row["fact"],
            "Unit": unit(row, each),
            label(one): _exact(row, row["one"]),
            "n": str(row["one_n"]),
            label(other): _exact(row, row["other"]),
            "n of the other": str(row["other_n"]),
        }
        for row in rows
    ]


def _exact(row: Mapping[str, Any], value: float) -> str:
    return number(value * 100) if row["unit"] == "share" else number(value, 2)
