"""The settings that a form was drawn with: what is typed into it is never saved over what another window saved meanwhile."""

from __future__ import annotations

import streamlit as st

CHANGED = (
    "The settings were changed elsewhere since this form was drawn: nothing was saved. What you typed still stands here. "
    "Note it, then load this page again to see the settings as they are now."
)


def text(form: str, now: str) -> str:
    """practice.toml as it was when the form was drawn, where its button was pressed just now; else as it is `now`."""
    begun: str = st.session_state.get(f"_begun_{form}", now)
    if not st.session_state.get(button(form)):
        begun = now
    st.session_state[f"_begun_{form}"] = begun
    return begun


def button(form: str) -> str:
    """The key of the button that saves it."""
    return f"save_{form}"
