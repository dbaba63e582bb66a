"""What was done and what was refused, said on top of the page that is drawn next, with the way back beside it.

A click on Undo only says what is to be taken back; it is taken back at the start of the run that the click begins, before
anything is asked of the database, so that the page below is drawn from what is stored then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from etl.model import Refused
from etl.store.connection import StoreError
from pages.parts.format import label

Undo = Callable[[], object]
_DONE, _BACK = "_done", "_take_back"


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, as markdown, and how to take it back where it can be. `refused`: it was not done, and this is why."""

    text: str
    undo: Undo | None = None
    refused: bool = False


def done(text: str, undo: Undo | None = None) -> None:
    """Say what was done, once, on top of the page that is drawn next. Strangers' words in it are escaped already.

    `undo` takes it back; it raises Refused or StoreError where it cannot, as something else was changed meanwhile.
    """
    _told().append(Done(text, undo))


def say(error: Exception | str) -> None:
    """A refusal or a fault of the database, as its sentence."""
    st.error(label(str(error), 1000), icon=":material/error:")


def attempt(change: Callable[[], object], doing: str = "Counting everything anew …") -> bool:
    """Do it, with a sign that it is being done, or say why not; True when it is done."""
    try:
        with st.spinner(doing):
            change()
    except (Refused, StoreError) as error:
        say(error)
        return False
    return True


def take_back() -> None:
    """Take back what the last click on Undo was about, and say so on the page that is drawn now."""
    wanted: Done | None = st.session_state.get(_BACK)
    if wanted is None or wanted.undo is None:
        return
    with st.spinner("Taking it back …"):
        told = _told()
        # Whoever asks the session for something may be sent to the next run from there: between this and the end nobody does,
        # so that it is taken back once, also where it fails.
        st.session_state.pop(_BACK)
        told.append(answer(wanted.text, wanted.undo))


def answer(text: str, undo: Undo) -> Done:
    """What became of taking this back."""
    try:
        undo()
    except (Refused, StoreError) as error:
        return Done(str(error), refused=True)
    return Done(f"Taken back: {text}")


def draw() -> None:
    """What was done since the page was drawn last; the next action leaves it away."""
    for nth, each in enumerate(st.session_state.pop(_DONE, ())):
        if each.refused:
            say(each.text)
            continue
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"done_{nth}"):
            st.success(each.text, icon=":material/check:")
            if each.undo:
                st.button("Undo", icon=":material/undo:", key=f"undo_{nth}", on_click=want, args=(each,))


def want(each: Done) -> None:
    """In a callback: take this back as soon as the run begins."""
    st.session_state[_BACK] = each


def _told() -> list[Done]:
    told: list[Done] = st.session_state.setdefault(_DONE, [])
    return told
