"""The owner's word on one event: what it is, how far that reaches, which hours it moves; and the corrections that hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from etl import correct, filing
from etl.correct import Scope
from etl.filing import Answer
from etl.model import PRACTICE_WIDE, Refused
from etl.moved import Moved
from etl.store.connection import StoreError
from etl.why import Why
from pages.parts import data, frames, shell, steps
from pages.parts.format import count, day, exact, label, tight
from pages.parts.hours_words import NOT_KEPT
from pages.parts.ink import ROLE_NAMES
from pages.parts.view import View

FILED_AS = {ROLE_NAMES[role]: role for role in ("leadership", "management", "clinical", "personal")}
_PREVIEW = "_correction_preview"


def draw(view: View, occurrence_id: int, of: Why) -> None:
    """Choose, see what it would move, save."""
    nth = st.session_state.setdefault("corrections", 0)  # the form is a new, empty one once a correction is kept
    key = f"{occurrence_id}_{nth}"
    reach: dict[Scope, str] = {"event": "this one"}
    if of.instances > 1:
        reach["series"] = f"this whole series, {count(of.instances, 'event')}"
    reach |= {"title": "all titles like it", "calendar": "everything on this calendar that nothing else files"}
    first, second, third = st.columns(3)
    role = first.selectbox("It is", list(FILED_AS), index=None, placeholder="choose a role", key=f"correct_role_{key}")
    scope = st.radio("For", list(reach), format_func=reach.__getitem__, horizontal=True, key=f"correct_scope_{key}")
    alone = scope == "calendar"  # an answer on a calendar says the role only
    activity = second.text_input("Activity", placeholder="the finer kind", disabled=alone, key=f"correct_activity_{key}")
    places = list(dict.fromkeys([*view.all_locations, PRACTICE_WIDE]))
    place = third.selectbox("Location", places, index=None, placeholder="as it is", disabled=alone, key=f"correct_location_{key}")
    if role is None:
        st.caption("Choose a role to see which hours it would move. Nothing is stored before you save.")
        return
    said = ("", "") if alone else ((activity or "").strip(), place or "")
    try:
        answer = correct.answer_for(view.db, occurrence_id, scope, FILED_AS[role], *said)
        moves = _previewed(view, answer)
    except (Refused, StoreError) as error:
        shell.say(error)
        return
    st.markdown(tight(moved_in_words(moves)))
    word = f"Corrected: {ROLE_NAMES[FILED_AS[role]].lower()} for {reach[scope]}"
    if st.button("Save the correction", type="primary", icon=":material/save:", key="save_correction") and steps.take(
        view, word, lambda: filing.file(view.db, [answer])
    ):
        st.session_state["corrections"] = nth + 1
        st.session_state.pop(_PREVIEW, None)
        st.rerun()


def _previewed(view: View, answer: Answer) -> tuple[Moved, ...]:
    """What an answer would move, asked once while nothing else is chosen or stored."""
    asked = (str(view.db), data.stamp(view.db), answer)
    if st.session_state.get(_PREVIEW, (None, ()))[0] != asked:
        with st.spinner("Counting what it would move …"):
            moves = filing.preview(view.db, [answer])
        st.session_state[_PREVIEW] = ((str(view.db), data.stamp(view.db), answer), moves)
    found: tuple[Moved, ...] = st.session_state[_PREVIEW][1]
    return found


def moved_in_words(moves: Sequence[Moved]) -> str:
    """ "Moves 12 h 30 min from not filed to management, 3 h from clinical to management." Names are escaped."""
    roles: defaultdict[tuple[str, str], float] = defaultdict(float)
    places: defaultdict[tuple[str, str], float] = defaultdict(float)
    for each in moves:
        if each.from_role != each.to_role:
            roles[ROLE_NAMES[each.from_role].lower(), ROLE_NAMES[each.to_role].lower()] += each.hours
        if each.from_location != each.to_location:
            places[label(each.from_location), label(each.to_location)] += each.hours
    parts = [
        f"{exact(hours)} from {before} to {after}"
        for found in (roles, places)
        for (before, after), hours in sorted(found.items(), key=lambda item: -item[1])
    ]
    return f"Moves {', '.join(parts)}, up to today." if parts else "Moves no hours up to today."


def kept(view: View) -> None:
    """The corrections of events and series that hold, the newest first, each to be taken back."""
    rows = frames.records(data.ask(view.db, ("corrections_kept", {}))[0])
    st.subheader("Your corrections", anchor=False)
    if not rows:
        st.caption("None yet. What you say about all titles like one, or a whole calendar, is kept as a rule: see Roles.")
        return
    with st.container(height=360 if len(rows) > 6 else "content", border=False):
        for row in rows:
            number = int(row["correction_id"])
            with st.container(horizontal=True, vertical_alignment="center", key=f"correction_{number}"):
                st.text(str(row["title"] or NOT_KEPT), width="content")
                st.caption(_kept_in_words(row), width="stretch")
                if st.button("Take back", key=f"take_back_{number}", icon=":material/undo:") and steps.take(
                    view, "The correction is taken back", partial(correct.take_back, view.db, number)
                ):
                    st.session_state.pop(_PREVIEW, None)
                    st.rerun()
    st.caption("What you say about all titles like one, or a whole calendar, is kept as a rule: see Roles.")


def _kept_in_words(row: dict[str, object]) -> str:
    """ "is management, rota, at North: 5 Jan 2026, 09:00, on the calendar Work, and 2 more of its series." """
    kind = ROLE_NAMES[str(row["role"])].lower()
    more = f", {label(str(row['activity']))}" if row["activity"] else ""
    place = f", at {label(str(row['location']))}" if row["location"] else ""
    if not row["first_at"]:
        return f"is {kind}{more}{place}: not loaded now; it holds again when it is."
    first = str(row["first_at"])
    on = f"{_day(first)}, {first[11:]}, on the calendar {label(str(row['calendar']))}"
    others = int(str(row["events"])) - 1
    series = f", and {others} more of its series" if row["what"] == "series" and others else ""
    return f"is {kind}{more}{place}: {on}{series}."


def _day(text: str) -> str:
    return day(date.fromisoformat(text[:10]))
