"""Places in the calendars that name no location yet: one answer a group, the most hours first."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st
from pandas import DataFrame
from streamlit.delta_generator import DeltaGenerator

from etl import places_desk
from etl.model import PRACTICE_WIDE
from etl.place_groups import PlaceGroup
from etl.places_desk import InTheWay, PlaceAnswer, PlacesWaiting
from etl.practice_checks import folded
from pages.parts import data, steps
from pages.parts.doing import attempt
from pages.parts.format import count, exact, label, percent
from pages.parts.view import View

NOWHERE = "no location (Practice-wide)"
LEVELS = (0.9, 0.75, 0.7, 0.5)
"""How sure a suggestion may be asked to be."""
ENOUGH = 0.9
"""The share of the waiting hours that the page says the answers for."""
ROWS, EXAMPLES = 8, 4
_APART = "places_apart"  # texts that were split from their groups, in this session
_SHOWN = "places_shown"  # how many rows are shown


def draw(view: View) -> None:
    """How many places wait, and a row for each of the greatest groups."""
    apart = st.session_state.setdefault(_APART, frozenset())
    waiting = _waiting(str(view.db), data.stamp(view.db), datetime.now(UTC).strftime("%Y-%m-%d %H"), apart)
    st.markdown(f"**{heading(waiting)}**")
    if not waiting.groups:
        st.markdown("What the next export brings and no location's words fit is asked about here.")
        return
    st.caption(
        "Each row holds places that seem to be one. Take the suggestion, choose another location, type a new one, or leave it. "
        "Your answers are kept in practice.toml and hold for the past and for what comes."
    )
    _accept_all(view, waiting.groups)
    if apart & {text for group in waiting.groups for text in group.texts} and st.button("Put what was split together again"):
        st.session_state[_APART] = frozenset()
        st.rerun()
    shown = st.session_state.setdefault(_SHOWN, ROWS)
    for group in waiting.groups[:shown]:
        _row(view, group)
    if rest := waiting.groups[shown:]:
        _rest(rest)


def heading(waiting: PlacesWaiting) -> str:
    """`9 places wait: 41 h. 3 answers settle 92 % of them.`"""
    if not waiting.groups:
        return "No place waits for its location."
    answers = waiting.answers_for(ENOUGH)
    settle = "answer settles" if answers == 1 else "answers settle"
    waits = count(waiting.places, "place waits", "places wait")
    return f"{waits}: {exact(waiting.hours)}. {answers} {settle} {percent(waiting.curve[answers - 1])} of these hours."


def said(settled: places_desk.Settled) -> str:
    """What became of the answers, in a sentence or three, without any place's name."""
    has = "1 place has a location now or needs none" if settled.places == 1 else ""
    parts = [f"{has or f'{settled.places} places have a location now or need none'}: {exact(settled.hours)}."]
    if settled.left:
        words = "its words stand" if settled.left == 1 else "their words stand"
        parts.append(f"{count(settled.left, 'row')} left: {words} in other places too. Answer for those first.")
    if settled.also:
        them = "title or calendar names" if settled.also == 1 else "titles, calendars or topics name"
        parts.append(f"{settled.also} {them} it too and may be counted there now.")
    return " ".join(parts)


def options(group: PlaceGroup, locations: Sequence[str]) -> list[str]:
    """What can be chosen for a group: the suggestion, the locations, none of them; each once."""
    suggested = [_option(group.suggestion.location)] if group.suggestion.location else []
    return list(dict.fromkeys([*suggested, *locations, NOWHERE]))


def answer_for(group: PlaceGroup, chosen: str) -> PlaceAnswer:
    """The answer that a choice of `options`, or a name that was typed, makes."""
    return PlaceAnswer(group.texts, PRACTICE_WIDE if chosen == NOWHERE else chosen.strip())


@st.cache_data(show_spinner="Looking at the places that wait …", max_entries=4)
def _waiting(db: str, state: object, hour: str, apart: frozenset[str]) -> PlacesWaiting:
    del state, hour  # they are there to be part of the cache's key
    return places_desk.waiting(Path(db), apart)


def _accept_all(view: View, groups: Sequence[PlaceGroup]) -> None:
    """The suggestions above a line, in one go."""
    bar, below = st.container(horizontal=True, vertical_alignment="bottom"), st.container()
    with bar:
        level = st.selectbox(
            "Suggestions at least this sure", LEVELS, format_func=percent, key="places_level", width=260,
            help="How well the words fit. A suggestion is never taken unasked.",
        )  # fmt: skip
        sure = [group for group in groups if group.suggestion.location and group.suggestion.sure >= (level or 1) - 1e-9]
        name = f"Accept all {len(sure)}" if len(sure) > 1 else f"Accept {len(sure) or 'none'}"
        if st.button(name, disabled=not sure, key="places_accept_all", icon=":material/done_all:"):
            _answer(view, below, [PlaceAnswer(group.texts, group.suggestion.location) for group in sure])
        st.caption(f"{exact(sum(group.hours for group in sure))} of them.", width="content")


def _row(view: View, group: PlaceGroup) -> None:
    mark = _mark(group)
    with st.container(border=True, key=f"places_row_{mark}"):
        texts, where, buttons = st.columns([5, 4, 2], gap="small")
        below = st.container()
        with texts:
            more = len(group.places) - EXAMPLES
            examples = [*group.texts[:EXAMPLES], *([f"and {more} more"] if more > 0 else [])]
            st.text("\n".join(" ".join(text.split()) for text in examples))
            st.caption(_facts(group))
        with where:
            listed = options(group, [name for name in view.all_locations if name != PRACTICE_WIDE])
            chosen = st.selectbox(
                f"Location of {label(group.texts[0], 60)}", listed,
                index=0 if group.suggestion.location else None, accept_new_options=True, placeholder="choose or type a location",
                label_visibility="collapsed", key=f"place_is_{mark}",
            )  # fmt: skip
            st.caption(_why(group, chosen, listed))
        with buttons:
            if st.button("Accept", key=f"place_accept_{mark}", disabled=not chosen, width="stretch") and chosen:
                _answer(view, below, [answer_for(group, chosen)])
            if len(group.places) > 1 and st.button("Split", key=f"place_split_{mark}", width="stretch"):
                st.session_state[_APART] |= frozenset(group.texts)
                st.rerun()


def _rest(groups: Sequence[PlaceGroup]) -> None:
    """The groups below the rows, to be looked through, and to be shown as rows."""
    with st.expander(f"{count(len(groups), 'smaller group')}, {exact(sum(group.hours for group in groups))}", key="places_rest"):
        rows = [
            {
                "Place": " / ".join(group.texts[:EXAMPLES]),
                "Hours": exact(group.hours),
                "Times": group.times,
                "Suggested": _option(group.suggestion.location) or "–",
            }
            for group in groups
        ]
        st.dataframe(DataFrame(rows), hide_index=True, key="places_rest_table")
        if st.button("Show more rows", key="places_more"):
            st.session_state[_SHOWN] += ROWS
            st.rerun()


def _answer(view: View, below: DeltaGenerator, answers: Sequence[PlaceAnswer]) -> None:
    """Keep them, count anew, say what moved; what refuses them is said below."""
    kept: list[places_desk.Settled] = []
    in_the_way: list[str] = []

    def keep() -> None:
        try:
            kept.append(places_desk.answer(view.db, answers))
        except InTheWay as refused:
            in_the_way.extend(refused.places)
            raise

    with below:
        if attempt(keep):
            settled = kept[0]
            if settled.step:
                steps.keep(view, said(settled).removesuffix("."), settled.step)
            st.rerun()
        if in_the_way:
            st.caption("The same words stand in:")
            st.text("\n".join(" ".join(text.split()) for text in in_the_way[:EXAMPLES]))


def _facts(group: PlaceGroup) -> str:
    day = f", most on {group.weekday}s" if group.times > 1 else f", on a {group.weekday}"
    calendars = list(dict.fromkeys(place.calendars for place in group.places if place.calendars))
    return f"**{exact(group.hours)}**, {count(group.times, 'time')}{day}. {label(', '.join(calendars), 80)}"


def _why(group: PlaceGroup, chosen: str | None, listed: Sequence[str]) -> str:
    """Why the suggestion is what is chosen, or what a name that was typed will be."""
    found = group.suggestion
    if chosen and folded(chosen) not in map(folded, listed):
        return f"{label(chosen, 60)} will be a new location."
    if not found.location:
        return f"{label(found.reason, 160)}."
    if chosen and chosen != _option(found.location):
        return "Your choice."
    new = "A new location. " if found.new else ""
    return f"{new}{label(found.reason, 160)}: {percent(found.sure)} sure."


def _option(location: str) -> str:
    return NOWHERE if location == PRACTICE_WIDE else location


def _mark(group: PlaceGroup) -> str:
    """A name for the widgets of a group that holds none of its words: keys stand in the page."""
    return hashlib.sha256("\n".join(sorted(group.texts)).encode("utf-8", "surrogatepass")).hexdigest()[:12]
