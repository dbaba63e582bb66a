"""What stands under Overview's four pictures: what is not filed, and what was not counted."""

from __future__ import annotations

import streamlit as st

from pages.parts import data, frames, overview_words, sentences, tabs
from pages.parts.format import count, exact, tight
from pages.parts.view import View


def draw(view: View) -> None:
    """A sentence each, the steps in a fold, and the way to the lists."""
    steps, open_hours = data.ask(view.db, ("waterfall", view.span), ("unclassified_hours", view.where))
    st.subheader("What is not counted, and what is not filed?", anchor="not-counted")
    ladder = [(str(row["step"]), float(row["hours"])) for row in frames.records(steps)]
    st.markdown(tight(sentences.counted_of(ladder)) + (" For all locations." if view.locations else ""))
    waiting = open_hours.iloc[0]
    titles = count(waiting["titles"], "title")
    st.markdown(
        tight(f"Without a role: {exact(waiting['hours'])} under {titles}. Each title is filed once, and then for good.")
        if waiting["hours"]
        else "Everything in these days has a role."
    )
    with st.container(horizontal=True, gap="medium"):
        st.page_link(
            "pages/data.py",
            label="Which events were left out",
            icon=":material/filter_list:",
            query_params=tabs.at("data", "What was left out"),
        )
        if waiting["hours"]:
            st.page_link("pages/roles.py", label="File them on Roles", icon=":material/sell:")
    with st.expander("From the calendars to what was counted", key="ladder"):
        st.table(overview_words.step_frame(steps), border="horizontal", hide_index=True)
        st.caption(overview_words.RULE)
