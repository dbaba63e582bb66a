"""A tally on paper: the sheet to print, and the grid that takes its strokes back, stored as estimated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import streamlit as st
from pandas import DataFrame

from etl import logbook, tally
from etl.model import LEAST_MINUTES, MOST_MINUTES, PRACTICE_WIDE
from pages.parts import fold, frames, log_desk
from pages.parts.country import here
from pages.parts.format import count, day, number
from pages.parts.log_known import Known
from pages.parts.view import View

TALLY = "tally"
MOST_STROKES = 99
"""In one cell."""


@dataclass(slots=True)
class Grid:
    """The grid of one window and one database: its rows and columns as they were when it was first drawn, since a topic that
    is new since then would empty it; the `nth` one, since the last was written down."""

    nth: int = 0
    topics: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


def draw(view: View, known: Known) -> None:
    """The sheet, then the grid."""
    places = [*known.locations, PRACTICE_WIDE]
    topics = list(known.vocabulary.topics[: tally.ROWS])
    st.caption("Print the sheet, make a stroke for each interruption, and type the strokes in when the day is over.")
    with st.container(horizontal=True, gap="small"):
        for paper in ("A4", "Letter"):
            st.download_button(
                f"The sheet, {paper}",
                tally.sheet(known.name, places, topics, paper, known.usual_minutes).encode(),
                file_name=f"tally-{paper.lower()}.html", mime="text/html", icon=":material/print:", on_click="ignore",
                key=f"sheet_{paper}",
            )  # fmt: skip
    now = _grid(view)
    if not now.places:
        now.topics, now.places = [*topics, *[""] * tally.BLANKS], places
    if sheet := fold.kept("Type a sheet in", "tally_grid"):
        with sheet:
            _typed(view, known, now)
    log_desk.answer(view, TALLY)


def _grid(view: View) -> Grid:
    grids: dict[str, Grid] = st.session_state.setdefault("_log_grids", {})
    return grids.setdefault(str(view.db), Grid())


def _typed(view: View, known: Known, now: Grid) -> None:
    nth, clock = now.nth, known.now()
    left, right = st.columns(2)
    on = left.date_input("Day of the sheet", clock.date(), max_value=clock.date(), format=here().field, key=f"tally_day_{nth}")
    minutes = right.number_input(
        "Usual length of a stroke, minutes",
        LEAST_MINUTES,
        float(MOST_MINUTES),
        known.usual_minutes,
        1.0,
        format="%g",
        key=f"tally_minutes_{nth}",
    )
    edited = st.data_editor(
        frame(now.topics, now.places), key=f"tally_{nth}", hide_index=True, placeholder="", height=38 + 35 * len(now.topics),
        alt="Strokes by topic and location", column_config=_columns(now.places),
    )  # fmt: skip
    found = strokes(frames.records(edited), now.places)
    said = in_words(found, float(minutes or 0))
    pressed = st.button("Write them down", type="primary", icon=":material/edit_note:", disabled=not found, key="write_tally")
    if pressed and isinstance(on, date) and minutes is not None:
        _put(view, known, now, found, on, float(minutes))
        st.rerun()
    st.caption(
        f"{said}, as estimated: a tally does not say when, so they are spread over your working hours of that day."
        if found
        else "A number where there are strokes; the rest stays blank. The last rows are for other topics."
    )


def _put(view: View, known: Known, now: Grid, found: Mapping[tuple[str, str], int], on: date, minutes: float) -> None:
    spans = [(first, end) for weekday, first, end in known.working_spans if weekday == on.weekday()]
    until, nth = known.now().replace(tzinfo=None), now.nth

    def keep() -> logbook.Step:
        step = logbook.write_down(view.db, tally.spread(on, found, spans, minutes, until))
        now.nth, now.places = nth + 1, []  # a new, empty grid once they are written down, and not before
        return step

    log_desk.put(view, TALLY, "Written down", f"{in_words(found, minutes)} on {day(on)}, as estimated", keep)


def frame(topics: Sequence[str], places: Sequence[str]) -> DataFrame:
    """A row a topic, a column a location by its number, no strokes yet."""
    columns = [f"at{nth}" for nth in range(len(places))]
    return DataFrame({"topic": list(topics)} | {column: [None] * len(topics) for column in columns}).astype(
        dict.fromkeys(columns, "Int64")
    )


def _columns(places: Sequence[str]) -> dict[str, Any]:
    column = st.column_config
    return {"topic": column.TextColumn("Asked about", pinned=True, width=150, max_chars=120)} | {
        f"at{nth}": column.NumberColumn(name, min_value=0, max_value=MOST_STROKES, step=1, format="%d", width=105)
        for nth, name in enumerate(places)
    }


def strokes(rows: Sequence[Mapping[str, Any]], places: Sequence[str]) -> dict[tuple[str, str], int]:
    """The strokes that are there, by location ("" for Practice-wide) and topic; one topic on two rows is added up."""
    found: dict[tuple[str, str], int] = {}
    for row in rows:
        topic = " ".join(str(row["topic"] or "").split())
        for nth, place in enumerate(places):
            if number := int(row[f"at{nth}"] or 0):
                about = "" if place == PRACTICE_WIDE else place
                found[about, topic] = found.get((about, topic), 0) + number
    return found


def in_words(found: Mapping[tuple[str, str], int], minutes: float) -> str:
    """`12 strokes of 5 min`"""
    return f"{count(sum(found.values()), 'stroke')} of {number(minutes)} min"
