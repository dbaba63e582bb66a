"""The events behind some hours: a table to choose a row of, and a list for those without a mouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from pages.parts import hours_words
from pages.parts.country import here
from pages.parts.format import exact

MOST = 1000
"""How many events the list to choose from holds: a longer one is slow, and nobody scrolls it."""
_NTH = "hours_table"


def draw(rows: Sequence[dict[str, Any]], chosen: str) -> None:
    """The table, its sum and the list; `chosen` is the item of the address, see hours_words.item."""
    places = {hours_words.item(row): place for place, row in enumerate(rows)}
    nth = st.session_state.setdefault(_NTH, 0)
    items = list(places)
    st.dataframe(
        hours_words.table(rows),
        key=f"hours_{nth}_{hash(tuple(items))}",  # other rows are another table: a mark must not stay on a place
        hide_index=True,
        height=min(38 + 35 * len(rows), 420),
        on_select=lambda: _picked(items, f"hours_{nth}_{hash(tuple(items))}"),
        selection_mode="single-row",
        selection_default={"selection": {"rows": [places[chosen]]}} if chosen in places else None,
        alt="The events these hours are made of, the most hours first",
        column_config={
            "Counts here": st.column_config.TextColumn(width=110),
            "Start": st.column_config.DatetimeColumn(format=here().column, width=150),
            "Title": st.column_config.TextColumn(width=170),
            "Role": st.column_config.TextColumn(width=90),
            "Activity": st.column_config.TextColumn(width=100),
        },
    )
    st.caption(f"Together {exact(sum(row['seconds'] for row in rows) / 3600)}.")
    listed = items[:MOST]
    st.session_state["which_event"] = chosen if chosen in listed else None
    st.selectbox(
        "Which event?", listed, key="which_event", index=None, placeholder="choose, or click a row above", width=640,
        format_func=lambda item: hours_words.option(rows[places[item]]), on_change=_listed,
    )  # fmt: skip
    if len(rows) > MOST:
        st.caption(f"The list holds the first {MOST} of them; choose fewer days for the others.")


def _picked(items: Sequence[str], key: str) -> None:
    """A row of the table was chosen, or let go."""
    picked = st.session_state[key].selection.rows
    _choose(items[picked[0]] if picked else "")


def _listed() -> None:
    """An event of the list was chosen; the table is a new one, with its row marked."""
    st.session_state[_NTH] += 1
    _choose(st.session_state["which_event"] or "")


def _choose(item: str) -> None:
    """The event that is looked into is kept in the address."""
    if item:
        st.query_params["event"] = item
    elif "event" in st.query_params:
        del st.query_params["event"]
