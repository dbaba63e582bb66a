"""What shall be forgotten: one section each, and each of them says what goes and asks once more."""

from __future__ import annotations

import streamlit as st

from pages.parts import data, frames, sources_table
from pages.parts.view import View


def draw(view: View) -> None:
    """The sections, the smallest first."""
    _calendar(view)


def _calendar(view: View) -> None:
    """A calendar or a log with all that came from it."""
    st.markdown("**Forget this calendar**: all of its events, or all of a log, leave the file with every byte.")
    rows = frames.records(data.ask(view.db, ("sources_list", {}))[0])
    names = {str(row["source_id"]): str(row["name"]) for row in rows}
    if not names:
        st.caption("Nothing is loaded yet.")
        return
    chosen = st.selectbox(
        "Calendar or log",
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder="choose",
        key="forget_source",
        width=480,
    )
    if chosen is not None:
        sources_table.removal(view, chosen, "forget", names[chosen], ask="Forget this calendar …")
