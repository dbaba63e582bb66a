"""All groups that wait in one table: a role to choose for each, and all that are sure enough accepted at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from pandas import DataFrame

from etl import filing
from etl.waiting import Group, Waiting
from pages.parts import data, filed_now, frames, steps
from pages.parts.format import clip, count, exact, number, percent
from pages.parts.ink import ROLE_NAMES
from pages.parts.view import View
from pages.parts.waiting_card import DAYS

LINES = (0.95, 0.9, 0.8)
MOST = 200
"""Groups in the table: the hours of those after them are minutes."""
_ROLE_OF = {ROLE_NAMES[role]: role for role in filed_now.FILED_AS}


def draw(view: View, now: Waiting) -> None:
    """Accept what is sure, or choose row by row."""
    _accept(view, now)
    shown = now.groups[:MOST]
    edited = st.data_editor(
        DataFrame([row(group) for group in shown]),
        key=f"groups_{data.stamp(view.db)}_{len(shown)}",
        hide_index=True,
        height=min(38 + 35 * len(shown), 560),
        placeholder="–",
        disabled=[name for name in row(shown[0]) if name != "Role"],
        alt="What waits for a role, the most hours first, with a role to choose for each",
        column_config={
            "Title": st.column_config.TextColumn(width="medium", pinned=True),
            "Role": st.column_config.SelectboxColumn(options=list(_ROLE_OF), width=120),
            "Titles": st.column_config.NumberColumn(width=60),
            "A week": st.column_config.NumberColumn(width=70, format="%.1f"),
        },
    )
    picked = chosen(shown, frames.records(edited))
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(
            "Save the chosen roles", type="primary", icon=":material/save:", disabled=not picked, key="save_groups"
        )
        if picked:
            st.caption(f"{count(len(picked), 'row')} chosen, {exact(sum(group.hours for group, _ in picked))}.", width="content")
    if pressed and steps.take(view, _said(picked), lambda: filing.file(view.db, answers(now, picked)), on_top=False):
        st.rerun()
    if len(now.groups) > MOST:
        st.caption(f"The {MOST} with the most hours of {len(now.groups)}.")


def _accept(view: View, now: Waiting) -> None:
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    line = left.selectbox("Accept what is at least this sure", LINES, 1, format_func=percent, key="line")
    sure = [(group, group.suggestion.role) for group in now.groups if group.suggestion and group.suggestion.sure >= (line or 1.0)]
    said = f"Accept {count(len(sure), 'suggestion')}, {exact(sum(group.hours for group, _ in sure))}"
    if right.button(said, icon=":material/done_all:", disabled=not sure, key="accept_all", shortcut="Shift+A") and steps.take(
        view, _said(sure), lambda: filing.file(view.db, answers(now, sure)), on_top=False
    ):
        st.rerun()


def answers(now: Waiting, picked: Sequence[tuple[Group, str]]) -> list[filing.Answer]:
    """The groups and their roles as answers; titles on a calendar that are not among them wait on when its rest is answered."""
    groups = [group for group, _ in picked]
    return [
        group.answer(
            role,
            group.suggestion.activity if group.suggestion and group.suggestion.role == role else "",
            waiting=now.others_of(group.name, groups) if group.kind == "calendar" else (),
        )
        for group, role in picked
    ]


def chosen(groups: Sequence[Group], edited: Sequence[Mapping[str, Any]]) -> list[tuple[Group, str]]:
    """The rows that were given a role. The n-th row is about the n-th group: what stands in the table is for the eye."""
    return [(group, _ROLE_OF[each["Role"]]) for group, each in zip(groups, edited, strict=True) if each["Role"]]


def row(group: Group) -> dict[str, Any]:
    """One group as the table shows it."""
    found = group.suggestion
    name = f"The rest of “{group.name}”" if group.kind == "calendar" else group.name or "(no title)"
    half = {None: "", True: "before noon", False: "after noon"}[group.morning]
    return {
        "Title": "(forgotten title)" if group.forgotten else clip(name, 120),
        "Role": "",
        "Hours": exact(group.hours),
        "Probably": f"{ROLE_NAMES[found.role]}, {percent(found.sure)} sure" if found else "",
        "Because": "; ".join(found.reasons[:2]) if found else "",
        "Titles": len(group.titles),
        "A week": group.times_a_week,
        "Usually": " ".join(part for part in (DAYS[group.weekday - 1] if group.weekday else "", half) if part),
        "Each": exact(group.usual_hours),
        "Calendar": ", ".join(group.calendars),
        "Place": group.places,
        "Counted at": group.location,
    }


def curve_rows(now: Waiting) -> list[dict[str, str]]:
    """The curve as a table."""
    return [
        {"Answers": number(at), "Settle": percent(share), "Hours": exact(share * now.hours)}
        for at, share in enumerate(now.curve[:40], 1)
    ]


def _said(picked: Sequence[tuple[Group, str]]) -> str:
    return f"{count(len(picked), 'answer')}, {exact(sum(group.hours for group, _ in picked))} filed"
