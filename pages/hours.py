"""Hours: the events and interruptions that any hours of a picture are made of, why they count so, and their correction."""

import streamlit as st

from pages.parts import behind, data, frames, hours_words, shell
from pages.parts.format import count, exact, label
from pages.parts.ink import ROLE_NAMES

MOST = 1000
"""How many events the list to choose from holds: a longer one is slow, and nobody scrolls it."""

view = shell.guard()
if view.facts is None:
    st.title("No hours are counted yet.", anchor=False)
    st.page_link("pages/start.py", label="Begin", icon=":material/waving_hand:", query_params={})
    st.stop()
heading = st.container()
roles = st.pills(
    "Roles", list(ROLE_NAMES), selection_mode="multi", key="role", bind="query-params",
    format_func=ROLE_NAMES.__getitem__, label_visibility="collapsed", wrap=True,
)  # fmt: skip
wanted = st.query_params.get_all
topics = frames.names(data.ask(view.db, ("hand_over_topics", view.where))[0], "topic") if wanted("topic") else []
asked = behind.asked_for(wanted, topics, view, roles or ())
(found,) = data.ask(view.db, ("hours_behind", behind.parameters(view, asked)))
rows = frames.records(found)
with heading:
    st.title(hours_words.heading(rows, asked, view.days), anchor=False)
    back = st.query_params.get("back", "overview")
    st.button(
        f"Back to {behind.ORIGINS[behind.read_back(back)[0]]}", key="back_to", icon=":material/arrow_back:", type="tertiary",
        on_click=lambda: behind.go_back(back),
    )  # fmt: skip
if only := hours_words.narrowed(asked):
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(only, width="content")
        st.button("Show all hours of these days", key="all_hours", type="tertiary", on_click=behind.widen)
