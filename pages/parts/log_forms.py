"""The fuller form for one interruption."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import streamlit as st

from etl import logbook
from etl.model import PRACTICE_WIDE, Interruption
from etl.transform.moments import before
from pages.parts import log_desk
from pages.parts.country import here
from pages.parts.format import clock, count, day
from pages.parts.ink import ROLE_NAMES
from pages.parts.view import View

PLACE = "form"
COULD = {None: "not known", True: "yes", False: "no"}
MOST_WAITED = 60.0 * 24 * 30
"""Minutes that an answer may take in the form; the table takes any day."""
ROLES = ("management", "clinical", "leadership", "personal")


def entry(view: View, locations: Sequence[str], now: datetime) -> None:
    """Write down one interruption, with all that can be said of it. The form is a new, empty one once it is stored."""
    nth = st.session_state.setdefault("entries", 0)
    with st.form("interruption"):
        # A row of columns at a time: where the page is narrow they come one under the other in this order.
        first, second, third = st.columns(3)
        on = first.date_input("Day", now.date(), format=here().field, key=f"entry_day_{nth}")
        five, clocked = timedelta(minutes=5), here().time_field
        at = second.time_input("Started at", _five(now.time()), step=five, format=clocked, key=f"entry_time_{nth}")
        minutes = third.number_input("Minutes", 1.0, 1440.0, 5.0, 1.0, format="%.0f", key=f"entry_minutes_{nth}")
        first, second, third = st.columns(3)
        places = [*locations, PRACTICE_WIDE]
        about = first.selectbox("About location", places, index=None, placeholder=PRACTICE_WIDE, key=f"entry_about_{nth}")
        asked_by = second.text_input("Asked by", placeholder="a role: front desk", key=f"entry_asked_by_{nth}")
        topic = third.text_input("Topic", placeholder="supplier order", key=f"entry_topic_{nth}")
        first, second, third = st.columns(3)
        could = first.radio(
            "Could the team have done it?", list(COULD), format_func=COULD.__getitem__, horizontal=True, key=f"entry_could_{nth}"
        )
        role = second.selectbox("It was", ROLES, format_func=ROLE_NAMES.__getitem__, key=f"entry_role_{nth}")
        waited = third.number_input(
            "Minutes until they had their answer", 0.0, MOST_WAITED, None, 5.0, format="%.0f", placeholder="not known",
            key=f"entry_waited_{nth}",
        )  # fmt: skip
        note = st.text_input("Note", key=f"entry_note_{nth}")
        if st.form_submit_button("Write it down", type="primary", icon=":material/edit_note:"):
            if not isinstance(on, date) or at is None:
                st.error("Day and time are needed.")
                return
            began = datetime.combine(on, at, now.tzinfo)
            written = Interruption(
                started_at=began,
                minutes=float(minutes or 0),
                about=about or "",
                asked_by=asked_by or "",
                topic=topic or "",
                team_could=could,
                answered_at=answered(began, waited),
                note=note or "",
                role=str(role),
            )
            what = f"{count(written.minutes, 'minute')} on {day(on)} at {clock(at)}"
            log_desk.put(view, PLACE, "Written down", what, lambda: logbook.write_down(view.db, [written]))
            st.session_state["entries"] = nth + 1
            st.rerun()
    log_desk.answer(view, PLACE)


def answered(began: datetime, waited: float | None) -> datetime | None:
    """When they had their answer, so many minutes after it began; also over a night in which the clocks change."""
    return None if waited is None else before(began, -timedelta(minutes=waited))


def _five(at: time) -> time:
    """The last full five minutes."""
    return at.replace(minute=at.minute - at.minute % 5, second=0, microsecond=0)
