"""Undo the last load: what it was and when, asked once more before it is done."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import streamlit as st

from etl import changes
from pages.parts import load_files
from pages.parts.format import clip, clock, count, day, full_stop, in_words, label
from pages.parts.view import View

_ASKED = "_undo"
_NAMED = 3
"""More files than these are counted, not named."""


def draw(view: View) -> None:
    """One box where there is a load to undo; none in the sample, which is made anew by itself."""
    last = None if view.sample else changes.last_load(view.db)
    if last is None:
        return
    names = [label(clip(name, 80)) for name in last.file_names]
    files = in_words(names) if len(names) <= _NAMED else count(len(names), "file")
    at = last.loaded_at.astimezone(ZoneInfo(view.facts.time_zone) if view.facts else None)
    asked = (last.loaded_at, last.file_names)
    with st.container(border=True, key="last_load"):
        st.markdown(full_stop(f":material/history: **The last load**: {files}, on {day(at.date())} at {clock(at)}"))
        if st.session_state.get(_ASKED) != asked:
            if st.button("Undo the last load …", key="undo", icon=":material/undo:"):
                st.session_state[_ASKED] = asked
                st.rerun()
            return
        st.warning(
            "Undo it? What it brought goes, and what it changed or took away comes back. Your settings, your "
            "filings and your corrections of the log stay. The file itself can be loaded again at any time."
        )
        with st.container(horizontal=True):
            if st.button("Yes, undo it", key="undo_yes", type="primary"):
                load_files.undo_load(view.db, last)
            if st.button("Leave it as it is", key="undo_no"):
                st.session_state.pop(_ASKED)
                st.rerun()
