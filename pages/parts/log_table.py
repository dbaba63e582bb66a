"""The interruption log as a table: correct cells, tick rows away, save all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import streamlit as st
from pandas import DataFrame

from etl import logbook
from etl.model import PRACTICE_WIDE, Interruption
from pages.parts import data, frames, log_desk
from pages.parts.format import count, empty
from pages.parts.ink import ROLE_NAMES
from pages.parts.log_forms import COULD, ROLES
from pages.parts.view import View

PLACE = "table"


def table(view: View, locations: Sequence[str], from_day: date, to_day: date) -> None:
    """The log from the first to the last of these days, newest first."""
    logged = data.ask(view.db, ("log_entries", {"from_day": from_day, "to_day": to_day}))[0]
    if logged.empty:
        st.caption("No interruptions in these days.")
        log_desk.answer(view, PLACE)
        return
    rows = frames.records(logged)
    names = list(dict.fromkeys([*locations, PRACTICE_WIDE]))
    shown = DataFrame(
        {
            "Started": logged["started_at"].astype("datetime64[us]"),
            "Minutes": logged["minutes"].astype(float),
            "About": logged["about_location"].astype(str),
            "Asked by": logged["asked_by"].astype(str),
            "Topic": logged["topic"].astype(str),
            "Team could": [COULD[row["team_could"]] for row in rows],
            "It was": [ROLE_NAMES[row["role"]] for row in rows],
            "Note": logged["note"].astype(str),
            "Estimated": logged["estimated"].astype(bool),
            "Log": logged["source"].astype(str),
        }
    )
    column = st.column_config
    edited = st.data_editor(
        shown,
        # A new state of the file is a new table: what was typed into the old one is saved or gone.
        key=f"log_{data.stamp(view.db)}_{from_day}_{to_day}",
        hide_index=True,
        num_rows="delete",
        height=min(38 + 35 * len(rows), 520),
        disabled=["Log"],
        alt="The interruption log of these days, each cell to correct",
        column_config={
            "Started": column.DatetimeColumn(format="D MMM YYYY, HH:mm", required=True, width=145),
            "Minutes": column.NumberColumn(min_value=0.1, max_value=1440, required=True, width=90),
            "About": column.SelectboxColumn(options=names, required=True),
            "Team could": column.SelectboxColumn(options=list(COULD.values()), required=True, width=108),
            "It was": column.SelectboxColumn(options=[ROLE_NAMES[role] for role in ROLES], required=True, width=105),
            "Estimated": column.CheckboxColumn(help="When or how long is a guess", width=100),
        },
    )
    changed, deleted = corrections(rows, frames.records(edited), list(edited.index))
    said = ", ".join(
        part
        for part in (
            f"{count(len(changed), 'row')} changed" if changed else "",
            f"{count(len(deleted), 'row')} deleted" if deleted else "",
        )
        if part
    )
    if st.button("Save the log", type="primary", icon=":material/save:", disabled=not said, key="save_log"):
        log_desk.put(view, PLACE, "Saved", said, lambda: logbook.correct(view.db, changed, deleted))
        st.rerun()
    log_desk.answer(view, PLACE)
    st.caption(
        said
        or "Change a cell, or tick rows and delete them, then save. A corrected row stays corrected when its log is loaded again."
    )


def corrections(
    stored: Sequence[Mapping[str, Any]], edited: Sequence[Mapping[str, Any]], index: Sequence[int]
) -> tuple[list[tuple[str, Interruption]], list[str]]:
    """What the table says now against what is stored: (id, corrected) of changed rows, ids of deleted ones.

    `index` gives for each edited row its place among the stored ones.
    """
    could = {word: value for value, word in COULD.items()}
    role_of = {ROLE_NAMES[role]: role for role in ROLES}
    changed = []
    for place, row in zip(index, edited, strict=True):
        old, was = stored[place], as_stored(stored[place])
        about = str(row["About"])
        new = Interruption(
            started_at=was.started_at if _moment(row["Started"]) == was.started_at else _moment(row["Started"]),
            minutes=float(row["Minutes"]),
            about=was.about if about == old["about_location"] else about,
            asked_by=str(row["Asked by"] or ""),
            topic=str(row["Topic"] or ""),
            team_could=could[row["Team could"]],
            answered_at=was.answered_at,
            via=was.via,
            note=str(row["Note"] or ""),
            role=role_of[row["It was"]],
            estimated=bool(row["Estimated"]),
        )
        if new != was:
            changed.append((str(old["interruption_id"]), new))
    kept = set(index)
    return changed, [str(row["interruption_id"]) for place, row in enumerate(stored) if place not in kept]


def as_stored(row: Mapping[str, Any]) -> Interruption:
    """A row of the mart log_entries as it was written down."""
    return Interruption(
        started_at=_moment(row["started_at"], row["started_fold"]),
        minutes=float(row["minutes"]),
        about=str(row["about_text"]),
        asked_by=str(row["asked_by"]),
        topic=str(row["topic"]),
        team_could=row["team_could"],
        answered_at=None if empty(row["answered_at"]) else _moment(row["answered_at"], row["answered_fold"]),
        via=str(row["via"]),
        note=str(row["note"]),
        role=str(row["role"]),
        estimated=bool(row["estimated"]),
    )


def _moment(value: Any, fold: int = 0) -> datetime:
    """`fold`: 1 for the second of two moments that show the same time, in the night the clocks go back."""
    found: datetime = value.to_pydatetime() if hasattr(value, "to_pydatetime") else value
    return found.replace(fold=int(fold))
