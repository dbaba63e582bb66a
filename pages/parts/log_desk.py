"""What is to be done with the log and what was done: each once, whatever interrupts the page, and each can be taken back.

A click only puts its task here; the page carries it out on its next run. Streamlit may break off a run at any of its own calls,
and begins the next one while the old one is still at work in the database: so between a change of the log and the note that
it is done there is no call of Streamlit's, and one run at a time is at the desk.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from etl import logbook
from etl.logbook import Step
from etl.model import Refused
from etl.store.connection import StoreError
from pages.parts import log_known
from pages.parts.format import count, full_stop, label
from pages.parts.view import View

MOST_STEPS = 20


@dataclass(frozen=True, slots=True)
class Task:
    """A change of the log. `place` is the part of the page that says what became of it: `did` and `what` it was about, as
    markdown, strangers' words in it escaped."""

    place: str
    did: str
    what: str
    do: Callable[[], Step | None]
    takes_back: bool = False


@dataclass(slots=True)
class Desk:
    """The tasks of one window and one database: to do, and done with a step that can be taken back."""

    to_do: list[Task] = field(default_factory=list)
    done: list[tuple[Task, Step]] = field(default_factory=list)
    place: str = ""
    word: str = ""
    trouble: str = ""
    undoes: bool = False  # the last task can be taken back, or took one back:
    took_back: bool = False
    alone: threading.Lock = field(default_factory=threading.Lock)

    def carry_out(self, first: Callable[[], None]) -> None:
        """Do what is to be done, in its order, each after `first`. What the file does not take now stays; what is refused
        goes."""
        with self.alone:
            while self.to_do:
                task = self.to_do[0]
                self.place, self.word, self.trouble = task.place, "", ""
                try:
                    first()
                    step = task.do()
                except StoreError as error:
                    self.trouble = str(error)
                    return
                except Refused as error:
                    self.trouble = str(error)
                except Exception as error:  # noqa: BLE001 - its message may hold what was typed, which must not get lost
                    self.trouble = f"This could not be done ({type(error).__name__}). Nothing was changed"
                    return
                else:
                    self._note(task, step)
                del self.to_do[0]

    def _note(self, task: Task, step: Step | None) -> None:
        missed = step.missed if step else 0
        if missed:
            were = count(missed, "entry was", "entries were")
            self.trouble = (
                f"{were} corrected or deleted meanwhile, in another window or by a load. What you changed there is not saved."
            )
        if step and missed and not (step.added or step.removed):
            return
        self.word, self.took_back = f"{task.did}: {task.what}", task.takes_back
        self.undoes = step is not None or task.takes_back
        if step is not None:
            self.done.append((task, step))
            del self.done[:-MOST_STEPS]

    def take_back(self, undo: Callable[[Step], None]) -> None:
        """Put the undoing of the last step among the tasks; it is no longer a step that was done, whatever comes of it."""
        with self.alone:
            if not self.done:
                return
            task, step = self.done.pop()
            self.to_do.append(Task(task.place, "Taken back", task.what, lambda: undo(step), takes_back=True))


def desk(view: View) -> Desk:
    """The tasks of this window."""
    desks: dict[str, Desk] = st.session_state.setdefault("_log_desks", {})
    return desks.setdefault(str(view.db), Desk())


def carry_out(view: View) -> None:
    """Do what was clicked, with a sign that it is being done where it takes its time."""
    now = desk(view)
    if now.to_do:
        with st.spinner("Writing it down and counting anew …"):
            now.carry_out(lambda: log_known.begin(view))


def put(view: View, place: str, did: str, what: str, do: Callable[[], Step | None]) -> None:
    """A task for the next run of the page."""
    desk(view).to_do.append(Task(place, did, what, do))


def answer(view: View, place: str) -> None:
    """What became of the last task of this part of the page, and the way back."""
    now = desk(view)
    if now.place != place:
        return
    with st.container(key=f"answer_{place}"):
        if now.word:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f":material/check: {full_stop(now.word)}{_before(now)}", width="content")
                if now.done and now.undoes:
                    st.button("Undo", icon=":material/undo:", key="undo_log", on_click=now.take_back, args=(_undo(view),))
        if now.trouble:
            st.error(label(now.trouble, 1000), icon=":material/error:")
            if now.to_do:
                with st.container(horizontal=True):
                    st.button("Try again", type="primary", key="try_again")
                    st.button("Leave it", key="leave_it", on_click=now.to_do.clear)


def _undo(view: View) -> Callable[[Step], None]:
    return lambda step: logbook.undo(view.db, step)


def _before(now: Desk) -> str:
    """After something was taken back, what the button would take back next."""
    if not (now.done and now.took_back):
        return ""
    task = now.done[-1][0]
    return full_stop(f" Undo takes back next: {task.did.lower()}, {task.what}")
