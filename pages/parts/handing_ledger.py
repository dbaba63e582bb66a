"""The ledger of hand-overs on the page: each with its weeks, what came back, and what can be done about it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import streamlit as st

from etl import hand_overs
from etl.card import card
from etl.ledger import Entry, came_back, ledger
from etl.store import open_read
from pages.parts import charts_handing, data, doing, handing_words, trust
from pages.parts.doing import attempt
from pages.parts.format import brief, count, label, tight
from pages.parts.picture import numbers, picture
from pages.parts.view import View

MARKS = (
    "Your time with it, a bar a week, the most written above. Grey: the weeks before, and dotted their average. Blue: the weeks "
    "since. Outlined: a week that is not compared."
)
"""What the pictures of all hand-overs say."""


def entries(view: View, today: date) -> tuple[Entry, ...]:
    """All hand-overs, remembered until the file changes."""
    return _entries(str(view.db), data.stamp(view.db), today.isoformat())


@st.cache_data(show_spinner=False, max_entries=8)
def _entries(db: str, state: object, today: str) -> tuple[Entry, ...]:
    del state, today  # they are part of the cache's key
    with open_read(Path(db)) as con:
        return ledger(con)


def draw(view: View, entry: Entry, today: date) -> None:
    """One hand-over."""
    with st.container(border=True):
        word, icon = handing_words.verdict(entry)
        left, right = st.columns([3, 2], gap="large")
        with left:
            st.markdown(f"**{label(entry.label)}**")
            st.caption(handing_words.who(entry))
            picture(
                charts_handing.weeks(entry.weeks, view.ink, "interruption" if entry.of == "topic" else "event"),
                f"weeks_{entry.hand_over_id}",
                f"{word}. {handing_words.came_back(entry)}",
            )
        with right:
            st.markdown(f"{icon} **{word}**")
            if entry.came_back is not None:
                st.markdown(tight(handing_words.came_back(entry)))
            st.caption(tight(entry.verdict.reason))
            if entry.came_back is not None:
                st.caption(tight(handing_words.where_went(entry.where)))
        if entry.of == "topic" and entry.weeks:
            trust.of_days(view, entry.weeks[0].begins, min(entry.weeks[-1].ends, today))
        for line in handing_words.left_out(entry):
            st.caption(f"Not compared, {line}.")
        numbers(
            handing_words.week_rows(entry),
            f"weeks_{entry.hand_over_id}",
            note="Your hours of it in weeks of 7 days, counted from the day of the hand-over: four before, all since. "
            "Compared are the four before with the latest four.",
            below=lambda: _by_location(entry),
        )
        _actions(view, entry, today)


def _by_location(entry: Entry) -> None:
    if len(entry.by_location) > 1:
        st.table(handing_words.location_rows(entry), border="horizontal")


def _actions(view: View, entry: Entry, today: date) -> None:
    name = view.facts.name if view.facts else ""
    paper = "Letter" if view.facts and view.facts.time_zone.startswith(("America/", "US/", "Canada/")) else "A4"
    with st.container(horizontal=True):
        st.download_button(
            "The card to print",
            card(
                what=entry.label, kind=entry.kind, to_role=entry.to_role, from_day=entry.from_day, locations=entry.locations,
                good=entry.good, decides=entry.decides, comes_when=entry.comes_when, practice=name, paper=paper,
            ).encode(),
            file_name="hand-over.html", mime="text/html", icon=":material/print:", on_click="ignore",
            key=f"card_{entry.hand_over_id}",
        )  # fmt: skip
        if (
            entry.ended_on is None
            and entry.from_day <= today
            and st.button("It is mine again from today", key=f"end_{entry.hand_over_id}", icon=":material/undo:", type="tertiary")
            and attempt(lambda: hand_overs.end(view.db, entry.hand_over_id, today))
        ):
            doing.done(
                "It is yours again from today; what is drawn up to then stays.",
                lambda: hand_overs.go_on(view.db, entry.hand_over_id, today),
            )
            st.rerun()
        with st.popover("Take it out", icon=":material/delete:", type="tertiary", key=f"out_{entry.hand_over_id}"):
            st.markdown("It leaves the ledger with all its words. No hours change.")
            taken: list[hand_overs.TakenOut] = []
            if st.button("Take it out", key=f"remove_{entry.hand_over_id}") and attempt(
                lambda: taken.append(hand_overs.remove(view.db, entry.hand_over_id))
            ):
                doing.done("The hand-over is taken out.", lambda: hand_overs.put_back(view.db, taken[0]))
                st.rerun()


def together(found: tuple[Entry, ...]) -> str:
    """What all that are compared come to, without those that ended."""
    running = [entry for entry in found if entry.ended_on is None]
    ended = len(found) - len(running)
    aside = f" {count(ended, 'hand-over')} that ended {'is' if ended == 1 else 'are'} not counted here." if ended else ""
    back, holding = came_back(running), sum(entry.verdict.word == "holding" for entry in running)
    if not running:
        return f"Nothing is handed over today.{aside}"
    if back is None:
        return f"Handed over; from the second week on it can be compared.{aside}"
    hold = f"{'hand-over' if len(running) == 1 else 'hand-overs'} {'holds' if holding == 1 else 'hold'}"
    gone = f"{brief(abs(back))} a week came back" if back >= 0 else f"you have {brief(-back)} a week more of them than before"
    return f"{holding} of {len(running)} {hold}, and {gone}.{aside}"
