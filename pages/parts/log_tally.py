"""A tally on paper: the sheet to print, and the grid that takes its strokes back, stored as estimated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st
from pandas import DataFrame

from etl import changes, logbook, tally
from etl.model import PRACTICE_WIDE, Refused
from etl.practice import Practice, parse
from pages.parts import frames, log_desk
from pages.parts.format import count, day
from pages.parts.log_known import Known
from pages.parts.view import View

TALLY = "tally"
TOPIC = "Asked about"
SPARE = 3


def draw(view: View, known: Known) -> None:
    """The sheet, then the grid."""
    practice = parse(changes.practice_text(view.db))
    places = list(known.locations) or [PRACTICE_WIDE]
    topics = list(known.vocabulary.topics[: tally.ROWS])
    st.caption("Print the sheet, make a stroke for each interruption, and type the strokes in when the day is over.")
    with st.container(horizontal=True):
        for paper in ("A4", "Letter"):
            st.download_button(
                f"The sheet, {paper}",
                tally.sheet(practice.name, known.locations, topics, paper, practice.usual_minutes).encode(),
                file_name=f"tally-{paper.lower()}.html", mime="text/html", icon=":material/print:", on_click="ignore",
                key=f"sheet_{paper}",
            )  # fmt: skip
    with st.expander("Type a sheet in", key="tally_grid"):
        _grid(view, known, practice, places, topics)
    log_desk.answer(view, TALLY)


def _grid(view: View, known: Known, practice: Practice, places: Sequence[str], topics: Sequence[str]) -> None:
    nth = st.session_state.setdefault("_tally", 0)
    now = known.now()
    left, right = st.columns(2)
    on = left.date_input("Day of the sheet", now.date(), max_value=now.date(), format="YYYY-MM-DD", key=f"tally_day_{nth}")
    minutes = right.number_input(
        "Usual length of a stroke, minutes", 0.5, 480.0, practice.usual_minutes, 1.0, format="%.0f", key=f"tally_minutes_{nth}"
    )
    empty = DataFrame({TOPIC: [*topics, *[""] * SPARE]} | dict.fromkeys(places, None))
    edited = st.data_editor(
        empty.astype({place: "Int64" for place in places}),
        key=f"tally_{nth}",
        hide_index=True,
        alt="Strokes by topic and location",
        column_config={TOPIC: st.column_config.TextColumn(pinned=True, max_chars=120)}
        | {place: st.column_config.NumberColumn(min_value=0, max_value=99, step=1, width=90) for place in places},
    )
    found = strokes(frames.records(edited), places)
    said = f"{count(sum(found.values()), 'stroke')}, {sum(found.values()) * float(minutes or 0):g} min in all, as estimated."
    if st.button("Write them down", type="primary", icon=":material/edit_note:", disabled=not found, key="write_tally") and found:
        spans = [
            (first, end) for weekday, first, end in practice.working_spans if isinstance(on, date) and weekday == on.weekday()
        ]
        try:
            entries = tally.spread(
                on if isinstance(on, date) else now.date(), found, spans, float(minutes or practice.usual_minutes),
                now.replace(tzinfo=None),
            )  # fmt: skip
        except Refused as error:
            st.error(str(error))
            return
        what = f"{count(len(entries), 'stroke')} of {day(on if isinstance(on, date) else now.date())}, as estimated"
        log_desk.put(view, TALLY, "Written down", what, lambda: logbook.write_down(view.db, entries))
        st.session_state["_tally"] = nth + 1
        st.rerun()
    st.caption(said if found else "They are spread evenly over your working hours of that day, as a tally does not say when.")


def strokes(rows: Sequence[Mapping[str, Any]], places: Sequence[str]) -> dict[tuple[str, str], int]:
    """The strokes that are there, by location and topic; one topic on two rows is added up."""
    found: dict[tuple[str, str], int] = {}
    for row in rows:
        topic = str(row[TOPIC] or "").strip()
        for place in places:
            if number := int(row[place] or 0):
                about = "" if place == PRACTICE_WIDE else place
                found[about, topic] = found.get((about, topic), 0) + number
    return found
