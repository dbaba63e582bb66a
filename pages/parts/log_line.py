"""One line, one interruption: Enter says what was understood, Enter again keeps it and clears the field."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from dataclasses import field as dataclass_field

import streamlit as st

from etl import logbook
from etl.logged_line import in_words
from etl.transform.line_words import Unclear
from etl.transform.one_line import Line, read
from pages.parts import log_desk
from pages.parts.format import clip, clock, day, full_stop, label, number
from pages.parts.log_known import Known
from pages.parts.view import View

PLACE = "line"
FIELD = "log_line"
WIDE = 860
"""Pixels; where the page is narrower, the button comes below the field."""


@dataclass(slots=True)
class Draft:
    """What stands in the field as it was last read. `kept` is the text that was kept last; `clear`: the field still has it.

    `count` lines were kept. Enter held down sends a line again and again until the browser has heard that the field is empty:
    each press says how many lines had been kept when the page it was made on was drawn, and so tells such an echo from a line
    that says the same.
    """

    text: str = ""
    line: Line | None = None
    unclear: str = ""
    kept: str = ""
    clear: bool = False
    count: int = 0
    alone: threading.Lock = dataclass_field(default_factory=threading.Lock)

    def entered(self, text: str, known: Known, seen: int) -> Line | None:
        """Enter was pressed on this text, on a page drawn when `seen` lines were kept; the line to keep, where it was read
        before."""
        if text == self.kept and seen != self.count:
            self.clear = True  # what empties the field is lost where a new run begins too soon
            return None
        if self.line and text == self.text:
            line = self.line
            self.text, self.line, self.unclear, self.kept, self.clear = "", None, "", text, True
            self.count += 1
            return line
        self.text, self.line, self.unclear = text, None, ""
        if text.strip():
            try:
                self.line = read(text, known.vocabulary, known.now())
            except Unclear as answer:
                self.unclear = str(answer)
        return None


def field(view: View, known: Known) -> None:
    """The field, to be drawn before anything that takes time: it must be empty before the next line is typed."""
    draft = _draft(view)
    clear = draft.clear
    if clear:
        st.session_state[FIELD] = ""
    elif FIELD not in st.session_state and draft.text:  # another page was looked at meanwhile, and Streamlit forgot the field
        st.session_state[FIELD] = draft.text
    with (
        st.form("log_a_line", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        st.text_input(
            "Minutes, location, who asked, about what",
            key=FIELD,
            placeholder=_example(known),
            autocomplete="off",
            width=WIDE,
        )
        st.form_submit_button(
            "Keep it" if draft.line else "Log it", type="primary", icon=":material/edit_note:", key=f"log_it_{draft.count}",
            on_click=_entered, args=(view, known, draft.count),
        )  # fmt: skip
    if clear:
        draft.clear = False


def understood(view: View, known: Known) -> None:
    """What was understood and is not kept yet, or what is not clear; else what was kept last."""
    draft = _draft(view)
    if draft.unclear:
        st.error(label(draft.unclear, 600), icon=":material/error:")
    elif draft.line:
        st.info(f"{full_stop(said(draft.line))} **Not kept yet:** press Enter once more, or Keep it.", icon=":material/help:")
    else:
        log_desk.answer(view, PLACE)
    st.caption(examples(known.locations))


def examples(locations: tuple[str, ...]) -> str:
    """Three lines as they may be typed, with the practice's own locations; markdown."""
    three = [label(clip(name, 40)) for name in (*locations, *locations, *locations)[:3]] or ["", "", ""]
    lines = (f"6 {three[0]} front desk supplier order", f"15 {three[1]} nurse rota \\-20m", f"{three[2]}, refund, 8 min, 10:20")
    return "As in: " + " · ".join(f"“{' '.join(line.split()).removeprefix(', ')}”" for line in lines)


def _example(known: Known) -> str:
    first = clip(known.locations[0], 30) + " " if known.locations else ""
    return f"6 {first}front desk supplier order"


def _draft(view: View) -> Draft:
    drafts: dict[str, Draft] = st.session_state.setdefault("_log_drafts", {})
    return drafts.setdefault(str(view.db), Draft())


def _entered(view: View, known: Known, seen: int) -> None:
    """In a callback. No call of Streamlit's comes between taking the line from the draft and putting it on the desk."""
    draft, desk, text = _draft(view), log_desk.desk(view), str(st.session_state[FIELD] or "")
    with draft.alone:
        line = draft.entered(text, known, seen)
    if line is not None:
        entry = line.entry
        desk.to_do.append(log_desk.Task(PLACE, "Kept", said(line), lambda: logbook.write_down(view.db, [entry])))


def said(line: Line) -> str:
    """A line as it was understood; markdown."""
    at = line.entry.started_at
    when = f"{day(at, year=False)} at {clock(at)}"
    return label(in_words(line, f"{number(line.entry.minutes, 2)} min", when), 400)
