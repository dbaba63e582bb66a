"""Logged by a tap: a button for each usual pair of location and topic, and the stopwatch, named later."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import streamlit as st

from etl import logbook, watch
from etl.model import MOST_MINUTES, Interruption
from etl.transform.moments import before
from pages.parts import log_desk
from pages.parts.format import clip, clock, day, label, number
from pages.parts.log_known import Known
from pages.parts.view import View

PAIRS, WATCH = "pairs", "watch"
SAME_TAP = 2.0
"""Seconds in which a second tap on the same button is a thumb that trembled: nobody is interrupted twice in them."""


def pairs(view: View, known: Known, found: Sequence[Mapping[str, Any]]) -> None:
    """Eight buttons, those of one location beside each other, so that they keep their places from day to day."""
    if not found:
        st.caption("What you log most often becomes a button here: one tap then logs it.")
    with st.container(horizontal=True, gap="small", key="pairs"):
        for pair in sorted(found, key=lambda pair: (pair["about_location"], pair["topic"])):
            st.button(
                in_words(pair), key=f"pair_{pair['about_location']}_{pair['topic']}", width=176,
                wrap=True,
                on_click=_tapped, args=(view, known, pair),
            )  # fmt: skip
    log_desk.answer(view, PAIRS)


def in_words(pair: Mapping[str, Any]) -> str:
    """`Riverside · supplier order · 6 min`, as markdown."""
    about, topic = (label(clip(str(pair[name]), 40)) for name in ("about_location", "topic"))
    return f"{about}\u00a0· {topic}\u00a0· {pair['minutes']}\u00a0min"  # no line begins with a dot or a unit


def _tapped(view: View, known: Known, pair: Mapping[str, Any]) -> None:
    taps: dict[str, float] = st.session_state.setdefault("_log_taps", {})
    words, at = in_words(pair), time.monotonic()
    if at - taps.get(words, -SAME_TAP) < SAME_TAP:
        return
    entry = just_ended(pair, known.now())
    log_desk.put(view, PAIRS, "Kept", f"{words}, from {clock(entry.started_at)}", lambda: logbook.write_down(view.db, [entry]))
    taps[words] = at


def just_ended(pair: Mapping[str, Any], now: datetime) -> Interruption:
    """The interruption of a usual pair that ended now."""
    minutes = float(pair["minutes"])
    return Interruption(
        started_at=before(now, timedelta(minutes=minutes)).replace(microsecond=0),
        minutes=minutes,
        about=str(pair["about_location"]),
        asked_by=str(pair["asked_by"] or ""),
        topic=str(pair["topic"]),
        via="button",
    )


def stopwatch(view: View, known: Known) -> None:
    """One tap starts it, one tap stops it and writes down what it measured."""
    began = known.running
    if began is None:
        st.button(
            "Start the stopwatch", icon=":material/timer:", key="start_watch", width=360, on_click=_start, args=(view,),
            help="Tap when somebody comes, tap again when they go; say later what it was.",
        )  # fmt: skip
    elif known.now() - began > watch.FORGOTTEN_WATCH:
        _forgotten(view, began)
    else:
        with st.container(horizontal=True, gap="small"):
            st.button(
                f"Stop: running since {clock(began)}", type="primary", icon=":material/stop_circle:", key="stop_watch",
                width=256, on_click=_stop, args=(view, began),
            )  # fmt: skip
            st.button("Forget it", key="reset_watch", on_click=_reset, args=(view,))
    log_desk.answer(view, WATCH)


def _forgotten(view: View, began: datetime) -> None:
    st.warning(
        f"The stopwatch has been running since {clock(began)} on {day(began, year=False)}: more than 8 hours. "
        "How long was it, about?",
        icon=":material/timer:",
    )
    with st.form("forgotten_watch", border=False):
        st.number_input("Minutes", 1.0, float(MOST_MINUTES), 5.0, 1.0, format="%g", key="watch_minutes")
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button("Write it down", type="primary", key="stop_forgotten", on_click=_stop_after, args=(view, began))
            st.form_submit_button("Forget it", key="reset_forgotten", on_click=_reset, args=(view,))


def _start(view: View) -> None:
    at = datetime.now(UTC)
    log_desk.put(view, WATCH, "Started", "the stopwatch", lambda: watch.start(view.db, at))


def _stop(view: View, began: datetime) -> None:
    at = datetime.now(UTC)
    log_desk.put(view, WATCH, "Stopped", _measured(began, at), lambda: watch.stop(view.db, at))


def _measured(began: datetime, at: datetime) -> str:
    """`4 min from 10:20, to be named below`"""
    minutes = max(round((at - began).total_seconds() / 60), 1)
    return f"{minutes} min from {clock(began)}, to be named below"


def _stop_after(view: View, began: datetime) -> None:
    at, minutes = datetime.now(UTC), float(st.session_state["watch_minutes"])
    what = f"{number(minutes)} min from {clock(began)}, as estimated, to be named below"
    log_desk.put(view, WATCH, "Written down", what, lambda: watch.stop(view.db, at, minutes))


def _reset(view: View) -> None:
    log_desk.put(view, WATCH, "Forgotten", "the stopwatch; nothing was written down", lambda: watch.reset(view.db))
