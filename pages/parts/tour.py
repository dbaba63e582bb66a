"""A tour of the sample in five steps, kept in the address (`?tour=1` to `5`): each opens the page that it is about."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from pages.parts import behind, sample, steps_back
from pages.parts.picture import WAY

_KEY = "_tour"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the tour: the page it opens, by name and title, and what it says there. `yours`: not of the sample."""

    page: str
    title: str
    text: str
    yours: bool = False


STEPS = (
    Step(
        "overview", "Overview",
        "Where the owner's hours went: leading, managing, clinical. Click a mark of any picture, and you see the events it is "
        "made of.",
    ),
    Step(
        "locations", "Locations",
        "The same hours by location, on one scale: which of them takes the most, and which could run without its owner.",
    ),
    Step(
        "pulled_away", "Pulled away",
        "A calendar knows the plan; a log of interruptions knows what became of it: who asks, about what, and what it costs.",
    ),
    Step(
        "handing_over", "Handing over",
        "What does not need the owner, and whether what was handed over stays with the team, week by week.",
    ),
    Step(
        "start", "Start",
        "Now with your own hours. Export your calendar as described below and load the file: half a year back is a good start. "
        "It stays on this machine.",
        yours=True,
    ),
)  # fmt: skip


def on() -> bool:
    """True while the tour is shown."""
    return _number() > 0


def begin() -> None:
    """In a callback: its first step."""
    _go(1)


def draw(title: str, sampled: bool) -> None:
    """The step of the address on top of its page; on another page, the way back to it. `title` is that of the page."""
    asked = st.query_params.get("tour")
    if asked is not None:
        st.session_state[_KEY] = int(asked) if asked in map(str, range(1, len(STEPS) + 1)) else 0
    elif steps_back.stepped():
        st.session_state[_KEY] = 0
    number = _number()
    if not number:
        st.query_params.pop("tour", None)
        return
    step = STEPS[number - 1]
    if step.yours == sampled and title == step.title:  # an address put together by hand: the step knows whose page it is
        _go(number)
        behind.follow(not step.yours)
    st.query_params["tour"] = str(number)
    with st.container(border=True, key="tour"):
        here = title == step.title
        st.markdown(f"**{number} of {len(STEPS)}** · " + (step.text if here else f"The tour goes on at {step.title}."))
        with st.container(horizontal=True, gap="small"):
            _buttons(number, here)


def _buttons(number: int, here: bool) -> None:
    if not here:
        st.button(f"Back to {STEPS[number - 1].title}", type="primary", key="tour_here", on_click=_go, args=(number,))
    if here and number < len(STEPS):
        st.button("Next", type="primary", key="tour_next", icon=":material/arrow_forward:", on_click=_go, args=(number + 1,))
    if here and number > 1:
        st.button("Back", key="tour_back", icon=":material/arrow_back:", on_click=_go, args=(number - 1,))
    if st.button("End the tour", type="tertiary", key="tour_end"):
        st.session_state[_KEY] = 0
        st.query_params.pop("tour", None)
        st.rerun()


def _number() -> int:
    return int(st.session_state.get(_KEY, 0))


def _go(number: int) -> None:
    step = STEPS[number - 1]
    st.session_state[_KEY] = number
    sample.choose(not step.yours)
    st.session_state[WAY] = (f"pages/{step.page}.py", {"tour": str(number)})
