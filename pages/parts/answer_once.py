"""Questions that come again and again, each to be handed over or answered once, in writing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.parts import behind, handing_form, pulled_words, trust
from pages.parts.behind import Behind
from pages.parts.format import day, label, tight
from pages.parts.picture import numbers
from pages.parts.view import View

SHOWN = 4
KINDS = (
    ("hand-over", "Hand it over", ":material/handshake:"),
    ("written answer", "Answer it in writing", ":material/edit_note:"),
)


def draw(view: View, topics: Sequence[Mapping[str, Any]]) -> None:
    """The first topics with their buttons; all of them, in numbers, below. `topics` are rows of the mart answer_once."""
    if not topics:
        st.markdown("No topic came up about two locations, or three times, in the four weeks that end with these days.")
        return
    for place, each in enumerate(topics[:SHOWN]):
        with st.container(border=True, key=f"once_{place}", gap="small"):
            st.markdown(f"**{label(each['topic'], 60)}**  \n{tight(pulled_words.asked_again(each))}")
            if each["handed_over"]:
                said = "Handed over to" if each["handed_over"] == "hand-over" else "Answered in writing, for"
                st.caption(f"{said} {label(each['to_role'], 60)}, from {day(each['from_day'])}.")
            else:
                _buttons(view, str(each["topic"]), place)
    first, last = (topics[0][name].date() for name in ("first_day", "last_day"))
    st.caption(
        "Topics asked about two or more locations, or three or more times, in the four weeks that end with these days. Hours a "
        "year: those of these days, over their weeks, times 52. As logged: nothing is added for what was not written down."
    )
    trust.line(view, whole=False)
    every = tuple(dict.fromkeys(spelling for each in topics for spelling in each["spellings"]))
    numbers(
        pulled_words.once_rows(topics),
        "once",
        below=lambda: behind.link("once", view, "pulled_away", Behind(days=(first, last), pulls=True, topics=every)),
    )


def _buttons(view: View, topic: str, place: int) -> None:
    with st.container(horizontal=True, gap="small"):
        for kind, words, icon in KINDS:
            if st.button(words, key=f"once_{place}_{kind}", icon=icon):
                handing_form.go(view, topic, kind=kind)
