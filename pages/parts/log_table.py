"""The interruption log as a table: correct cells, tick rows away, save all at once."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date, datetime
from typing import Any

import streamlit as st
from pandas import DataFrame

from etl import logbook
from etl.model import PRACTICE_WIDE, Interruption
from pages.parts import data, frames, log_desk
from pages.parts.country import here
from pages.parts.format import count, empty
from pages.parts.ink import ROLE_NAMES
from pages.parts.log_forms import COULD, ROLES
from pages.parts.view import View

PLACE = "table"
_NUMBERS = itertools.count()


@dataclass(slots=True)
class Sheet:
    """The table of one window and one database, as the log was when it was first drawn: it stays so while a correction waits to
    be saved, whatever becomes of the log meanwhile. `number` makes it a new table for Streamlit; `draft` is what it said last
    where that is not saved: Streamlit forgets a table while another page is looked at, and a new one then `begins` with it."""

    days: tuple[date, date] | None = None
    state: data.Stamp | None = None
    logged: DataFrame = dataclass_field(default_factory=DataFrame)
    names: list[str] = dataclass_field(default_factory=list)
    number: int = 0
    begins: DataFrame | None = None
    draft: DataFrame | None = None

    @property
    def key(self) -> str:
        """Of its widget."""
        return f"log_table_{self.number}"


def table(view: View, locations: Sequence[str], from_day: date, to_day: date) -> None:
    """The log from the first to the last of these days, newest first."""
    sheet, days, state = _sheet(view), (from_day, to_day), data.stamp(view.db)
    old = (sheet.days, sheet.state) != (days, state)
    if sheet.draft is not None and sheet.key not in st.session_state:
        sheet.begins, sheet.number = sheet.draft, next(_NUMBERS)  # another page was looked at
    elif sheet.days is None or (old and not waits(st.session_state.get(sheet.key)) and sheet.draft is None):
        old, sheet.begins, sheet.draft = False, None, None
        sheet.days, sheet.state, sheet.number = days, state, next(_NUMBERS)
        sheet.logged = data.ask(view.db, ("log_entries", {"from_day": from_day, "to_day": to_day}))[0]
        sheet.names = list(dict.fromkeys([*locations, PRACTICE_WIDE]))
    if sheet.logged.empty:
        st.caption("No interruptions in these days.")
        log_desk.answer(view, PLACE)
        return
    rows = frames.records(sheet.logged)
    edited = _editor(sheet, rows)
    changed, deleted = corrections(rows, frames.records(edited), list(edited.index))
    said = ", ".join(
        part
        for part in (
            f"{count(len(changed), 'row')} changed" if changed else "",
            f"{count(len(deleted), 'row')} deleted" if deleted else "",
        )
        if part
    )
    sheet.draft = edited if said else None
    if old and not said:  # what was corrected was put back as it was
        sheet.days = None
        st.rerun()

    def save() -> logbook.Step:
        step = logbook.correct(view.db, changed, deleted)
        sheet.days = sheet.draft = None  # a new table once they are saved, and not before
        return step

    with st.container(horizontal=True, gap="small"):
        if st.button("Save the log", type="primary", icon=":material/save:", disabled=not said, key="save_log") and said:
            log_desk.put(view, PLACE, "Saved", said, save)
            st.rerun()
        if old and st.button("Leave them, and show the log as it is now", key="drop_log"):
            sheet.days = sheet.draft = None
            st.rerun()
    log_desk.answer(view, PLACE)
    if old:
        why = (
            "The log was changed since: this is how it was."
            if sheet.state != state
            else "These are the days that you began with."
        )
        st.caption(
            f"{said}, not saved yet. {why} Save touches your rows alone. One that was changed elsewhere too stays as it is "
            "there, and you are told."
        )
        return
    st.caption(
        said
        or "Change a cell, or tick rows and delete them, then save. A corrected row stays corrected when its log is loaded again."
    )


def waits(edits: Any) -> bool:
    """Whether a table holds something that is not saved; `edits` as Streamlit has them, None for a table that is not drawn."""
    return bool(edits) and any(edits[kind] for kind in ("edited_rows", "deleted_rows"))


def _sheet(view: View) -> Sheet:
    sheets: dict[str, Sheet] = st.session_state.setdefault("_log_sheets", {})
    return sheets.setdefault(str(view.db), Sheet())


def _editor(sheet: Sheet, rows: Sequence[Mapping[str, Any]]) -> DataFrame:
    logged, column = sheet.logged, st.column_config
    # The whole table has room beside each other where the year and the log need not be told apart.
    one_year, one_log = logged["started_at"].dt.year.nunique() < 2, logged["source"].nunique() < 2
    moment, wide = (here().column_of_year, 115) if one_year else (here().column, 145)
    shown = DataFrame(
        {
            "Started": logged["started_at"].astype("datetime64[us]"),
            "Minutes": logged["minutes"].astype(float),
            "About": logged["about_location"].astype(str),
            "Asked by": logged["asked_by"].astype(str),
            "Topic": logged["topic"].astype(str),
            "Team could": [COULD[row["team_could"]] for row in rows],
            "It was": [ROLE_NAMES[row["role"]] for row in rows],
            "Answered": logged["answered_at"].astype("datetime64[us]"),
            "Note": logged["note"].astype(str),
            "Estimated": logged["estimated"].astype(bool),
            "Log": logged["source"].astype(str),
        }
    )
    return st.data_editor(
        shown if sheet.begins is None else sheet.begins,
        key=sheet.key,
        hide_index=True,
        placeholder="",  # of no answer the table would say None
        num_rows="delete",
        height=min(38 + 35 * len(rows), 520),
        disabled=["Log"],
        alt="The interruption log of these days, each cell to correct",
        column_config={
            "Started": column.DatetimeColumn(format=moment, required=True, width=wide),
            "Minutes": column.NumberColumn(min_value=0.1, max_value=1440, required=True, width=84),
            "About": column.SelectboxColumn(options=sheet.names, required=True),
            "Team could": column.SelectboxColumn(options=list(COULD.values()), required=True, width=108),
            "It was": column.SelectboxColumn(options=[ROLE_NAMES[role] for role in ROLES], required=True, width=97),
            "Answered": column.DatetimeColumn(format=moment, help="When they had their answer", width=wide),
            "Estimated": column.CheckboxColumn(help="When or how long is a guess", width=96),
            "Log": None if one_log else "Log",
        },
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
        started = _corrected(row["Started"], was.started_at) or was.started_at
        answered = _corrected(row["Answered"], was.answered_at)
        new = Interruption(
            started_at=started,
            minutes=float(row["Minutes"]),
            about=was.about if about == old["about_location"] else about,
            asked_by=str(row["Asked by"] or ""),
            topic=str(row["Topic"] or ""),
            team_could=could[row["Team could"]],
            # The table shows no seconds: what was answered in the minute it began is not answered before.
            answered_at=started if answered == started.replace(second=0, microsecond=0) else answered,
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


def _corrected(value: Any, was: datetime | None) -> datetime | None:
    """A moment as the table has it now; as it was where it shows the same time, of which there may be two."""
    now = None if empty(value) else _moment(value)
    return was if now == was else now


def _moment(value: Any, fold: int = 0) -> datetime:
    """`fold`: 1 for the second of two moments that show the same time, in the night the clocks go back."""
    found: datetime = value.to_pydatetime() if hasattr(value, "to_pydatetime") else value
    return found.replace(fold=int(fold))
