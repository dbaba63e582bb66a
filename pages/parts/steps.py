"""Steps that change what is counted by: each can be taken back, the last ten while the program runs."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from etl import filing
from etl.model import Refused
from pages.parts import doing
from pages.parts.format import count
from pages.parts.view import View

MOST_STEPS = 10
Step = tuple[str, filing.Step]


@st.cache_resource(show_spinner=False)
def _steps(db: str) -> list[Step]:
    del db  # a list for each; in the program's memory alone, since a step may hold titles that are no longer stored
    return []


def take(view: View, said: str, step: Callable[[], filing.Step], on_top: bool = True) -> bool:
    """Do one step, keep it to be taken back, and say on the next page what was done; False where it was refused.

    `on_top`: with the way back beside it, for a page that has no `row` of its own.
    """
    made: list[filing.Step] = []
    if not doing.attempt(lambda: made.append(step())):
        return False
    keep(view, said, made[0], on_top)
    return True


def keep(view: View, said: str, step: filing.Step, on_top: bool = True) -> None:
    """Keep a step that is done, and say so on the next page. Strangers' words in `said` are escaped already."""
    kept = (said, step)
    steps = _steps(str(view.db))
    steps.append(kept)
    del steps[:-MOST_STEPS]
    doing.done(f"{said}. Everything is counted anew.", (lambda: take_back(view, kept)) if on_top else None)


def take_back(view: View, kept: Step) -> None:
    """Take a step back. Raises Refused where it is taken back already, or something else was changed since."""
    steps = _steps(str(view.db))
    if not any(kept is each for each in steps):
        raise Refused("Undo", "this is taken back already, or too many steps lie after it", "Change it by hand")
    filing.undo(view.db, kept[1])
    steps[:] = [each for each in steps if each is not kept]


def row(view: View) -> None:
    """A button that takes the last step back, and how many more there are."""
    steps = _steps(str(view.db))
    if not steps:
        return
    said, _ = last = steps[-1]
    with st.container(horizontal=True, vertical_alignment="center"):
        # What is taken back is what stands here, whatever another window did since.
        named = doing.Done(f"{said}. Everything is counted anew.", lambda: take_back(view, last))
        st.button("Undo", icon=":material/undo:", key="undo_step", shortcut="U", on_click=doing.want, args=(named,))
        more = f" {count(len(steps) - 1, 'step')} before it can be taken back too." if len(steps) > 1 else ""
        st.caption(f"Last: {said}.{more}", width="content")
