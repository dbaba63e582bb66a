"""What is loaded: each calendar and log with its coverage, its notes, and the way to remove it."""

from __future__ import annotations

from datetime import datetime

import streamlit as st
from pandas import DataFrame

from etl import changes
from pages.parts import data, frames, load_files, shell
from pages.parts.doing import attempt
from pages.parts.format import clock, count, day, exact, label, span
from pages.parts.view import View


def draw(view: View) -> None:
    """One box a source, with a removal that asks once more."""
    sources, notes = data.ask(view.db, ("sources_list", {}), ("load_notes", {}))
    if sources.empty:
        st.caption("Nothing is loaded yet.")
        return
    for place, row in enumerate(frames.records(sources)):
        source_id = str(row["source_id"])
        with st.container(border=True, key=f"source_{place}"):
            calendar = row["kind"] == "calendar"
            amount = count(row["occurrences"], "event") if calendar else count(row["interruptions"], "interruption")
            icon = ":material/calendar_month:" if calendar else ":material/notifications_active:"
            st.markdown(f"{icon} **{label(str(row['name']))}**")
            covers = f", {span(row['covers_from'], row['covers_to'])}" if row["covers_from"] and row["covers_to"] else ""
            st.markdown(f"{amount}{covers}; {exact(row['counted_hours'])} counted up to today.")
            said = f"Loaded {moment(str(row['loaded_at']))}" + (
                f" from {label(str(row['file_name']))}" if row["file_name"] else ""
            )
            st.caption(said + (f"; its time zone is {label(str(row['time_zone']))}" if row["time_zone"] else "") + ".")
            own = notes[notes["source_id"] == row["source_id"]]
            if len(own):
                with st.expander(f"{count(len(own), 'note')} from reading it", key=f"source_notes_{place}"):
                    st.dataframe(
                        DataFrame({"Line": own["line"].to_numpy(), "Note": own["note"].to_numpy()}),
                        hide_index=True,
                        column_config={"Line": st.column_config.NumberColumn(width=70, format="%d")},
                        key=f"source_notes_table_{place}",
                    )
            removal(view, source_id, str(place), str(row["name"]))


def moment(text: str) -> str:
    """`23 Nov 2026, 10:48` of `2026-11-23 10:48`."""
    at = datetime.fromisoformat(text)
    return f"{day(at)}, {clock(at)}"


def removal(view: View, source_id: str, place: str, name: str, ask: str = "Remove …") -> None:
    """A button, then the question once more; `place` tells the buttons of several sources apart."""
    asked = f"_remove_{source_id}"
    if not st.session_state.get(asked):
        if st.button(ask, key=f"remove_{place}", icon=":material/delete:"):
            st.session_state[asked] = True
            st.rerun()
        return
    st.warning("Remove it with all its hours, from the file as well? Your export stays where it is and can be loaded again.")
    with st.container(horizontal=True):
        if st.button("Yes, remove it", key=f"remove_yes_{place}", type="primary") and attempt(
            lambda: changes.remove_source(view.db, source_id), "Removing it, and counting everything anew …"
        ):
            st.session_state.pop(asked)
            load_files.forget_reports()
            shell.done(f"{label(name)} is removed. Everything is counted anew.")
            st.rerun()
        if st.button("Keep it", key=f"remove_no_{place}"):
            st.session_state.pop(asked)
            st.rerun()
