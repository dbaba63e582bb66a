"""The interruption log by hand: one more, and a table to correct."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st
from pandas import DataFrame

from etl import logbook
from etl.model import PRACTICE_WIDE, Interruption, Refused
from etl.store.connection import StoreError
from pages.parts import data, frames, shell
from pages.parts.format import count, day, empty
from pages.parts.ink import ROLE_NAMES
from pages.parts.view import View

COULD = {None: "not known", True: "yes", False: "no"}
ROLES = ("management", "clinical", "leadership", "personal")


def entry(view: View, zone: ZoneInfo) -> None:
    """Write down one interruption. The form is a new, empty one once it is stored, and keeps what was typed until then."""
    now, nth = datetime.now(zone), st.session_state.setdefault("entries", 0)
    with st.form("interruption"):
        # A row of columns at a time: where the page is narrow they come one under the other in this order.
        first, second, third = st.columns(3)
        on = first.date_input("Day", now.date(), format="YYYY-MM-DD", key=f"entry_day_{nth}")
        at = second.time_input("Started at", _five(now.time()), step=timedelta(minutes=5), key=f"entry_time_{nth}")
        minutes = third.number_input("Minutes", 1.0, 1440.0, 5.0, 1.0, format="%.0f", key=f"entry_minutes_{nth}")
        first, second, third = st.columns(3)
        places = [*view.all_locations] or [PRACTICE_WIDE]
        about = first.selectbox("About location", places, index=None, placeholder=PRACTICE_WIDE, key=f"entry_about_{nth}")
        asked_by = second.text_input("Asked by", placeholder="a role: front desk", key=f"entry_asked_by_{nth}")
        topic = third.text_input("Topic", placeholder="supplier order", key=f"entry_topic_{nth}")
        first, second, third = st.columns(3)
        could = first.radio(
            "Could the team have done it?", list(COULD), format_func=COULD.__getitem__, horizontal=True, key=f"entry_could_{nth}"
        )
        role = second.selectbox("It was", ROLES, format_func=ROLE_NAMES.__getitem__, key=f"entry_role_{nth}")
        note = third.text_input("Note", key=f"entry_note_{nth}")
        if st.form_submit_button("Write it down", type="primary", icon=":material/edit_note:"):
            if not isinstance(on, date) or at is None:
                st.error("Day and time are needed.")
                return
            written = Interruption(
                started_at=datetime.combine(on, at),
                minutes=float(minutes or 0),
                about=about or "",
                asked_by=asked_by or "",
                topic=topic or "",
                team_could=could,
                note=note or "",
                role=str(role),
            )
            if attempt(lambda: logbook.write_down(view.db, [written])):
                st.session_state["entries"] = nth + 1
                shell.done(f"Written down: {count(written.minutes, 'minute')} on {day(on)} at {at:%H:%M}.")
                st.rerun()


def attempt(change: Any, doing: str = "Counting everything anew …") -> bool:
    """Do it, with a sign that it is being done, or say why not; True when it is done."""
    try:
        with st.spinner(doing):
            change()
    except (Refused, StoreError) as error:
        shell.say(error)
        return False
    return True


def _five(at: time) -> time:
    """The last full five minutes."""
    return at.replace(minute=at.minute - at.minute % 5, second=0, microsecond=0)


def table(view: View) -> None:
    """The log of the chosen days and up to today, so that what was just written down is there: correct cells, tick
    rows away, save all at once."""
    until = max(view.span["to_day"], view.facts.today) if view.facts else view.span["to_day"]
    logged = data.ask(view.db, ("log_entries", view.span | {"to_day": until}))[0]
    if logged.empty:
        st.caption("No interruptions in these days.")
        return
    rows = frames.records(logged)
    names = list(dict.fromkeys([*view.all_locations, PRACTICE_WIDE]))
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
            "Log": logged["source"].astype(str),
        }
    )
    column = st.column_config
    edited = st.data_editor(
        shown,
        # A new state of the file is a new table: what was typed into the old one is saved or gone.
        key=f"log_{data.stamp(view.db)}_{view.days.from_day}_{view.days.to_day}",
        hide_index=True,
        num_rows="delete",
        height=min(38 + 35 * len(rows), 520),
        disabled=["Log"],
        alt="The interruption log of these days, each cell to correct",
        column_config={
            "Started": column.DatetimeColumn(format="D MMM YYYY, HH:mm", required=True, width=150),
            "Minutes": column.NumberColumn(min_value=0.1, max_value=1440, required=True, width=80),
            "About": column.SelectboxColumn(options=names, required=True),
            "Team could": column.SelectboxColumn(options=list(COULD.values()), required=True, width=90),
            "It was": column.SelectboxColumn(options=[ROLE_NAMES[role] for role in ROLES], required=True, width=110),
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
    if st.button("Save the log", type="primary", icon=":material/save:", disabled=not said, key="save_log") and attempt(
        lambda: logbook.correct(view.db, changed, deleted)
    ):
        shell.done(f"The log is saved: {said}. Everything is counted anew.")
        st.rerun()
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
        old = stored[place]
        about = str(row["About"])
        new = Interruption(
            started_at=_moment(row["Started"]),
            minutes=float(row["Minutes"]),
            about=str(old["about_text"]) if about == old["about_location"] else about,
            asked_by=str(row["Asked by"] or ""),
            topic=str(row["Topic"] or ""),
            team_could=could[row["Team could"]],
            answered_at=None if empty(old["answered_at"]) else _moment(old["answered_at"]),
            via=str(old["via"]),
            note=str(row["Note"] or ""),
            role=role_of[row["It was"]],
        )
        if new != _as_stored(old):
            changed.append((str(old["interruption_id"]), new))
    kept = set(index)
    return changed, [str(row["interruption_id"]) for place, row in enumerate(stored) if place not in kept]


def _as_stored(row: Mapping[str, Any]) -> Interruption:
    return Interruption(
        started_at=_moment(row["started_at"]),
        minutes=float(row["minutes"]),
        about=str(row["about_text"]),
        asked_by=str(row["asked_by"]),
        topic=str(row["topic"]),
        team_could=row["team_could"],
        answered_at=None if empty(row["answered_at"]) else _moment(row["answered_at"]),
        via=str(row["via"]),
        note=str(row["note"]),
        role=str(row["role"]),
    )


def _moment(value: Any) -> datetime:
    found: datetime = value.to_pydatetime() if hasattr(value, "to_pydatetime") else value
    return found
