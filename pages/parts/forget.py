"""What shall be forgotten: one section each, and each of them says what goes and asks once more."""

from __future__ import annotations

from datetime import date

import streamlit as st
from pandas import DataFrame

from etl import forget
from pages.parts import data, frames, shell, sources_table
from pages.parts.country import here
from pages.parts.doing import attempt
from pages.parts.format import count, day
from pages.parts.view import View

_DOING = "Forgetting it, and counting everything anew …"


def draw(view: View) -> None:
    """The sections, the smallest first."""
    _titles(view)
    _calendar(view)
    _before(view)


def _titles(view: View) -> None:
    """Titles that have waited long for a role: their text goes, their hours stay."""
    found = forget.long_waiting(view.db)
    st.markdown(
        f"**Forget these titles**: those that have waited longer than {forget.LONG} days for a role. Their events stay, and can "
        "still be given one; what they were called leaves the file with every byte."
    )
    if not found:
        st.caption(f"No title has waited longer than {forget.LONG} days.")
        return
    with st.expander(f"The {count(len(found), 'title')}", key="forget_titles_list"):
        listed = {"Title": [each.title for each in found], "Calendar": [each.calendar for each in found]}
        st.dataframe(
            DataFrame(listed | {"Waits, days": [each.days for each in found]}), hide_index=True, key="forget_titles_table"
        )
    sure = st.checkbox("I have read them, and need none of them any more", key="forget_titles_sure")
    said = f"Forget {count(len(found), 'title')}"
    if st.button(said, icon=":material/delete:", disabled=not sure, key="forget_titles") and attempt(
        lambda: forget.forget_titles(view.db, [each.group_key for each in found]), _DOING
    ):
        shell.done(f"{count(len(found), 'title is', 'titles are')} forgotten. Their hours are counted as before.")
        st.rerun()


def _before(view: View) -> None:
    """Everything that ended before a day."""
    since = forget.forgotten_before(view.db)
    st.markdown(
        "**Forget everything before a day**: events and interruptions that ended before it leave the file with every byte, and "
        "later loads leave them out too."
    )
    if since:
        st.caption(f"Everything before {day(since)} is forgotten.")
        if st.button("Forget nothing by its day any more", key="keep_all") and attempt(lambda: forget.keep_all(view.db)):
            shell.done("Nothing is left out by its day any more. Load your exports again to have it back.")
            st.rerun()
    if view.facts is None or view.facts.covered_from is None:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = st.date_input(
            "Forget everything before", None, min_value=view.facts.covered_from, max_value=view.facts.today,
            key="forget_day", format=here().field, width=200,
        )  # fmt: skip
        sure = st.checkbox("It cannot be undone, and that is right", key="forget_before_sure")
    pressed = st.button("Forget it", icon=":material/delete:", disabled=not (sure and first), key="forget_before")
    if pressed and isinstance(first, date) and attempt(lambda: forget.forget_before(view.db, first), _DOING):
        shell.done(f"Everything before {day(first)} is forgotten. What is left is counted anew.")
        st.rerun()


def _calendar(view: View) -> None:
    """A calendar or a log with all that came from it."""
    st.markdown(
        "**Forget this calendar**: all of its events, or all of a log, leave the file with every byte. Your rules stay, with the "
        "titles that they are about: take those out on Roles, under Your rules."
    )
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
