"""The question which column of a table of appointments is what: its first rows to look at, a guess to correct, one save.

Names of columns and cells are strangers' text, and often patients' names: they are shown in a table and as options, which
are drawn as plain text, and kept in the memory of the session alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import streamlit as st
from pandas import DataFrame

from etl import changes
from etl.extract.table import values
from etl.given import stem
from etl.model import ROLES, ColumnsQuestion, CsvShape
from etl.practice import CalendarDefault, parse
from etl.practice_edit import with_csv
from pages.parts.doing import attempt
from pages.parts.format import label
from pages.parts.ink import ROLE_NAMES

PARTS = {
    "start": ("Start", "Day and time, or the time alone where the day is in a column of its own."),
    "end": ("End", "A time alone is on the day of the start, or of the night after it."),
    "minutes": ("Or length in minutes", "Where there is no end."),
    "date": ("Day", "Where it is in a column of its own."),
    "title": ("Title", "What it was: the reason or the kind of appointment. Not the patient."),
    "place": ("Place", "Where it was."),
    "provider": ("Provider", "Whose appointment it was, where the table is of several people."),
    "status": ("Status", "Where it tells which appointments were cancelled."),
}
"""What is asked, and the help beside it, by the part of a CsvShape."""
_CANCELLED = re.compile(r"cancel|no.?show|did not|missed|deleted|dna", re.IGNORECASE)
_VALUES = "_column_values"


@dataclass(frozen=True, slots=True)
class Asked:
    """A file that waits for its columns to be named."""

    name: str
    data: bytes
    question: ColumnsQuestion


def draw(db: Path, waiting: Sequence[Asked]) -> tuple[list[Asked], bool]:
    """Ask about the first file that waits. Gives the files that are settled by what was said now, and whether to load them."""
    asked = waiting[0]
    mark = abs(hash((asked.name, asked.question.columns)))
    practice = parse(changes.practice_text(db))
    with st.container(border=True, key="columns"):
        st.markdown(
            f"**Which column is what?** {label(asked.name)} names its columns in a way of its own. Say it once: the next such "
            "file is read without a question. Columns that you do not choose are never read."
        )
        st.dataframe(
            DataFrame(asked.question.first_rows, columns=list(asked.question.columns)), hide_index=True, key=f"rows_{mark}"
        )
        name = st.text_input(
            "Name of this list", stem(asked.name), key=f"list_{mark}", max_chars=80, help="Its name as a calendar."
        )
        chosen = _columns(asked.question, mark)
        left, right = st.columns(2, gap="large")
        owner = _several(left, "Which provider is you?", asked, chosen.get("provider"), mark)
        cancelled = _several(right, "Which status is a cancelled one?", asked, chosen.get("status"), mark, _CANCELLED)
        left, right = st.columns(2, gap="large")
        role = left.selectbox(
            "These hours are", [role for role in ROLES if role != "unclassified"], index=ROLES.index("clinical"),
            format_func=ROLE_NAMES.__getitem__, placeholder="what their titles say", key=f"role_{mark}",
            help="Titles of clinical hours are not stored. Empty this where the titles tell what each is.",
        )  # fmt: skip
        place = right.selectbox(
            "They were at", practice.location_names, index=None, placeholder="what the place says", key=f"at_{mark}"
        )
        shape = replace(CsvShape((name or "").strip(), "", owner=tuple(owner), cancelled=tuple(cancelled)), **chosen)
        lacks = missing(shape)
        if lacks:
            st.caption(lacks)
        with st.container(horizontal=True):
            save = st.button("Save and load", type="primary", icon=":material/save:", disabled=bool(lacks), key=f"save_{mark}")
            if st.button("Leave this file out", key=f"leave_{mark}"):
                st.session_state.pop(_VALUES, None)
                return [asked], False
    default = CalendarDefault(shape.name, role, place) if role or place else None
    if save and attempt(lambda: changes.use_practice(db, with_csv(changes.practice_text(db), shape, default))):
        st.session_state.pop(_VALUES, None)
        return [each for each in waiting if each.question.columns == asked.question.columns], True
    return [], False


def _columns(question: ColumnsQuestion, mark: int) -> dict[str, Any]:
    """The columns chosen, by part."""
    chosen = {}
    for at, (part, (asks, told)) in enumerate(PARTS.items()):
        if at % 4 == 0:
            boxes = st.columns(4)
        guess = question.guess.get(part)
        found = boxes[at % 4].selectbox(
            asks, question.columns, index=question.columns.index(guess) if guess else None, placeholder="none",
            help=told, key=f"{part}_{mark}",
        )  # fmt: skip
        if found:
            chosen[part] = found
    return chosen


def _several(
    box: Any, asks: str, asked: Asked, column: str | None, mark: int, likely: re.Pattern[str] | None = None
) -> list[str]:
    """Which of the words of a column are meant; nothing is asked where no column is chosen."""
    if not column:
        return []
    known: dict[tuple[int, str], list[str]] = st.session_state.setdefault(_VALUES, {})
    if (mark, column) not in known:
        known[mark, column] = values(asked.data, asked.name, column)
    found = known[mark, column]
    default = [word for word in found if likely and likely.search(word)]
    key = f"words_{asked.question.columns.index(column)}_{mark}"
    picked: list[str] = box.multiselect(asks, found, default, key=key, placeholder="choose one or more")
    return picked


def missing(shape: CsvShape) -> str:
    """What is still to be said before the columns can be saved, as a sentence; "" for nothing."""
    if not shape.name:
        return "Give this list a name."
    if not shape.start:
        return "Choose the column that says when an appointment starts."
    if bool(shape.end) == bool(shape.minutes):
        return "Choose one column that says how long an appointment is: its end or its length, not both."
    if shape.provider and not shape.owner:
        return "Choose which provider is you, or no column for the provider."
    times = [column for column in (shape.date, shape.start, shape.end, shape.minutes) if column]
    return "" if len(set(times)) == len(times) else "Day, start and end must be columns of their own."
