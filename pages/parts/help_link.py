"""The parts of the Help page, and the small link to one of them from the page where it is needed."""

from __future__ import annotations

import streamlit as st

from pages.parts import tabs
from pages.parts.view import View

PAGE = "pages/help.py"
COUNTING = "How hours are counted"
ROLES = "What counts as leadership"
LOG = "How to log"
DAYS = "Days and comparisons"
VERDICT = "How the verdict is made"
DATA = "Where my data is"
PARTS = (COUNTING, ROLES, LOG, DAYS, VERDICT, DATA)


NEEDED = {
    "Start": (DATA,),
    "Overview": (COUNTING, DAYS),
    "Locations": (COUNTING, DAYS),
    "Two locations": (DAYS,),
    "Pulled away": (LOG, DAYS),
    "The day": (COUNTING,),
    "Handing over": (VERDICT, DAYS),
    "Log": (LOG,),
    "Hours": (COUNTING, ROLES),
    "Roles": (ROLES,),
    "Data": (DATA, COUNTING),
}
"""What is asked on each page, by its title."""


def row(view: View, title: str) -> None:
    """The links of a page, in the same place on each: at the right, above what it shows."""
    if parts := NEEDED.get(title, ()):
        with st.container(horizontal=True, horizontal_alignment="right", gap="small", key="help_links"):
            for name in parts:
                link(view, name)


def link(view: View, name: str) -> None:
    """A link to a part of Help, called as the part is."""
    asked = tabs.at("help", name) | ({"sample": "1"} if view.sample else {})
    st.page_link(PAGE, label=name, icon=":material/help:", query_params=asked)
