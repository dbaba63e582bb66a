"""Folds that cost nothing while nobody has opened them."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def kept(title: str, key: str) -> DeltaGenerator | None:
    """A fold whose inside is drawn from its first opening on: what is typed in it stays when it is shut. None until then."""
    fold = st.expander(title, key=key, on_change="rerun")
    opened: set[str] = st.session_state.setdefault("_opened", set())
    if fold.open:
        opened.add(key)
    return fold if key in opened else None
