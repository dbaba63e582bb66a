"""What waits for a role, remembered until the file changes; and what is said of what moves and of the roles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from etl.moved import Moved
from etl.transform import words
from etl.waiting import Group, Waiting
from etl.waiting import waiting as ask_waiting
from pages.parts import data
from pages.parts.format import exact, in_words, label
from pages.parts.ink import ROLE_NAMES
from pages.parts.view import View

FILED_AS = ("leadership", "management", "clinical", "personal")
SPLIT = "_split"


def waiting(view: View) -> Waiting:
    """The groups that wait, some of them split by the owner in this session."""
    hour = datetime.now(UTC).strftime("%Y-%m-%d %H")
    return _waiting(str(view.db), data.stamp(view.db), hour, frozenset(st.session_state.get(SPLIT, ())))


@st.cache_data(show_spinner="Looking at what waits …", max_entries=8)
def _waiting(db: str, state: object, hour: str, split: frozenset[str]) -> Waiting:
    del state, hour  # they are there to be part of the cache's key
    return ask_waiting(Path(db), split)


def split(group: Group) -> None:
    """Ask about the titles of a group one by one from now on, in this session."""
    st.session_state[SPLIT] = frozenset(st.session_state.get(SPLIT, ())) | frozenset(group.keys)


def moved_in_words(moved: Sequence[Moved]) -> str:
    """`12 h 30 min from no role to management and 3 h from clinical to management`; what moves only its place, too."""
    if not moved:
        return "no hours up to today"
    roles: dict[tuple[str, str], float] = {}
    places: dict[tuple[str, str], float] = {}
    for each in moved:
        if each.from_role != each.to_role:
            pair = (_role(each.from_role), _role(each.to_role))
            roles[pair] = roles.get(pair, 0.0) + each.hours
        else:
            pair = (label(each.from_location), label(each.to_location))
            places[pair] = places.get(pair, 0.0) + each.hours
    said = [f"{exact(hours)} from {old} to {new}" for pairs in (roles, places) for (old, new), hours in pairs.items()]
    return in_words(said)


def _role(role: str) -> str:
    return "no role" if role == "unclassified" else ROLE_NAMES[role].lower()


def questions() -> None:
    """The doubtful cases: what owners ask, and the answer."""
    for entry in words.built_in().helps:
        st.markdown(f"**{label(entry.question, 300)}** {label(entry.answer, 600)}")


def help_texts() -> None:
    """The doubtful cases, and what the words of each activity stand for."""
    listed = words.built_in()
    questions()
    with st.expander("What the built-in words stand for, activity by activity", key="activities"):
        for group in listed.groups:
            if group.activity:
                st.markdown(f"**{ROLE_NAMES[group.role]}, {label(group.activity)}.** {label(group.why, 400)}")
