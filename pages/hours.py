"""Hours: the events and interruptions that any hours of a picture are made of, why they count so, and their correction."""

import streamlit as st

from etl.why import Why
from pages.parts import (
    behind,
    correction_form,
    data,
    frames,
    handing_form,
    hours_table,
    hours_words,
    shell,
    states,
    tabs,
    way_back,
    why_panel,
)
from pages.parts.format import tight
from pages.parts.ink import ROLE_NAMES

view = shell.guard()


def _could_go(of: Why) -> None:
    """The way to hand a series of management over."""
    if of.role != "management" or of.instances < 2 or of.uid is None:
        return
    st.subheader("Could somebody else take it?", anchor=False)
    if st.button("Hand this series over", key="hand_series", icon=":material/handshake:"):
        handing_form.go(view, series=(of.uid, of.title or hours_words.NOT_KEPT))


if view.facts is None:
    states.nothing_loaded("No hours are counted yet.", "This page lists the events that hours are made of, and why they count.")
heading = st.container()
roles = st.pills(
    "Roles", list(ROLE_NAMES), selection_mode="multi", key="role", bind="query-params",
    format_func=ROLE_NAMES.__getitem__, label_visibility="collapsed", wrap=True,
)  # fmt: skip
wanted = st.query_params.get_all
topics = frames.names(data.ask(view.db, ("topic_spellings", {}))[0], "topic") if wanted("topic") else []
asked = behind.asked_for(wanted, topics, view, roles or ())
(found,) = data.ask(view.db, behind.question(view, asked))
rows = frames.records(found)
with heading:
    st.title(tight(hours_words.heading(rows, asked, view.days)), anchor=False)
    back = st.query_params.get("back", "overview")
    st.button(
        f"Back to {way_back.ORIGINS[way_back.read(back)[0]]}", key="back_to", icon=":material/arrow_back:", type="tertiary",
        on_click=lambda: way_back.go_back(back),
    )  # fmt: skip
if only := hours_words.narrowed(asked):
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(only, width="content")
        st.button("Show all hours of these days", key="all_hours", type="tertiary", on_click=behind.widen)
chosen = st.query_params.get("event", "")
if rows:
    st.caption(
        "The most hours first. Choose a row to see why it counts as it does, and to correct it. "
        "Only what counts in these days is added up: an event that others took minutes from counts less than its length."
    )
    hours_table.draw(rows, chosen)
else:
    st.markdown("Nothing is counted here. Choose other days, roles or locations above.")

# Why, and what to do about it
if chosen:
    st.subheader("Why does it count so?", anchor=False)
    explained = why_panel.found(view.db, chosen)
    if explained is None:
        st.markdown("It is no longer there: its calendar was loaded again, or removed.")
    else:
        why_panel.draw(explained)
        if explained.what == "event":
            st.subheader("Is that not right?", anchor=False)
            correction_form.draw(view, int(chosen[1:]), explained)
            _could_go(explained)
        else:
            st.page_link(
                "pages/data.py", label="Correct it in the log", icon=":material/edit_note:", query_params=tabs.at("data", "Log")
            )
correction_form.kept(view)
