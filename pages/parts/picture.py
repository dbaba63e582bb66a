"""A picture on a page with its words for those who cannot see it, and the exact numbers under it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import plotly.graph_objects as go
import streamlit as st
from pandas import DataFrame

from pages.parts import data
from pages.parts.charts_base import CONFIG
from pages.parts.format import label_as_text
from pages.parts.ink import ROLE_COLOURS, ROLE_NAMES, WORK

KINDS, KEPT_AS = ("SVG", "PNG"), "kept_as"
"""As which a picture can be kept, and what the session remembers of it."""
MARKS, WAY = "_marks", "_way"
"""Of the session: the marks of the pictures so far, and where a click of just now leads."""
Rows = Sequence[Mapping[str, Any]]
LONG = 60
"""Rows from which on a table scrolls in a box of its own."""


def named(role: str) -> str:
    """A role's name behind a square of its colour, as markdown."""
    name = ROLE_NAMES[role].replace(" ", "\u00a0")
    return f':color[■]{{foreground="{ROLE_COLOURS[role]}"}}\u00a0{name}'


def legend(*more: str) -> None:
    """The work roles and their colours; and those of `more` roles that are drawn."""
    st.markdown("&emsp;".join(named(role) for role in (*WORK, *more)))


def picture(drawn: go.Figure, key: str, alt: str, on_select: Callable[[], None] | None = None) -> None:
    """Show a figure; `alt` states the finding for a screen reader. `on_select` is called when a mark is clicked."""
    clicks: dict[str, Any] = {"on_select": on_select, "selection_mode": "points"} if on_select else {}
    kind = st.session_state.get(KEPT_AS, KINDS[0]).lower()
    # All files have one name: a key may hold a location's.
    kept = {"format": kind, "filename": "owner-time-picture", "scale": 2 if kind == "png" else 1}
    st.plotly_chart(drawn, key=key, alt=alt, theme=None, config=CONFIG | {"toImageButtonOptions": kept}, **clicks)


def numbers(
    made: Rows | Callable[[], Rows],
    key: str,
    title: str = "The numbers",
    note: str = "",
    below: Callable[[], None] | None = None,
) -> None:
    """The exact values under a picture, or what makes them, which is called where they are looked at: of many it takes longer
    than the picture. Strangers' words in them are escaped already: a table reads markdown.

    `below` draws what stands under them, which may ask for the marks of the pictures above.
    """
    marks = st.session_state.pop(MARKS, {}) if below else {}

    def table() -> None:
        rows = made() if callable(made) else made
        if len(rows) > LONG:
            plain = DataFrame(list(rows)).map(_as_text).rename(columns=_as_text)  # it reads no markdown
            st.dataframe(plain, hide_index=True, key=f"table_{key}")
        elif rows:
            st.table(DataFrame(list(rows)), border="horizontal", hide_index=True)
        else:
            st.caption("Nothing in these days.")
        if note:
            st.caption(note)
        if below and rows:
            st.session_state[MARKS] = dict(marks)
            below()

    _fold(title, f"numbers_{key}", table)


def _as_text(value: Any) -> Any:
    return label_as_text(value) if isinstance(value, str) else value


@st.fragment
def _fold(title: str, key: str, draw: Callable[[], None]) -> None:
    """What is drawn only while the fold is open. To open it runs nothing else of the page, unless the database was changed."""
    fold = st.expander(title, key=key, on_change="rerun")
    if not fold.open:
        return
    if data.changed() or WAY in st.session_state:  # what is clicked in it may lead to another page
        st.rerun()
    with fold:
        draw()
