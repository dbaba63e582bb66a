"""What the log still asks of its owner: what an entry was about, and whether two are the same one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from etl import logbook
from etl.logged_line import named
from etl.transform.line_words import Unclear
from pages.parts import data, frames, log_desk, log_line
from pages.parts.format import clip, clock, count, day, label, number
from pages.parts.log_known import Known
from pages.parts.log_table import as_stored
from pages.parts.view import View

NAMES, TWICE = "names", "twice"
MOST = 5
"""Asked about at a time: the newest."""
_UNCLEAR = "_log_unclear"


def unnamed(view: View, known: Known, rows: Sequence[Mapping[str, Any]]) -> None:
    """A line to name each entry that says nothing yet, or to delete it; nothing where all are named."""
    if not rows and log_desk.desk(view).place != NAMES:
        return
    st.subheader("What is not named yet?", anchor=False)
    log_desk.answer(view, NAMES)
    for row in rows[:MOST]:
        _line(view, known, row)
    if len(rows) > MOST:
        st.caption(f"The newest {MOST} of {count(len(rows), 'entry', 'entries')}; the others follow.")


def _line(view: View, known: Known, row: Mapping[str, Any]) -> None:
    key, at = row["interruption_id"], row["started_at"]
    guessed = " (estimated)" if row["estimated"] else ""
    ways = {"stopwatch": "stopwatch", "calendar": "calendar", "line": "line"}
    said = f"{day(at.date())} at {clock(at)}, {number(row['minutes'], 2)} min{guessed}, by {ways[row['via']]}"
    with (
        st.form(f"name_form_{key}", border=False, clear_on_submit=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        st.text_input(said, key=f"name_{key}", placeholder=_example(known), autocomplete="off", width=520)
        st.form_submit_button("Name it", type="primary", key=f"named_{key}", on_click=_name, args=(view, known, row))
        st.form_submit_button(
            "Delete it", key=f"unnamed_{key}", type="tertiary", icon=":material/delete:", on_click=_delete, args=(view, key, said)
        )
    if unclear := st.session_state.get(_UNCLEAR, {}).get(key):
        st.error(label(unclear, 600), icon=":material/error:")


def _example(known: Known) -> str:
    first = clip(known.locations[0], 30) + " " if known.locations else ""
    return f"{first}front desk supplier order"


def _name(view: View, known: Known, row: Mapping[str, Any]) -> None:
    key, on = row["interruption_id"], row["started_at"].date()
    unclear = st.session_state.setdefault(_UNCLEAR, {})
    (entries,) = data.ask(view.db, ("log_entries", {"from_day": on, "to_day": on}))
    stored = next((each for each in frames.records(entries) if each["interruption_id"] == key), None)
    if stored is None:  # another window was faster
        log_desk.put(view, NAMES, "Named", "nothing", lambda: logbook.Step(missed=1))
        return
    try:
        line = named(as_stored(stored), str(st.session_state[f"name_{key}"] or ""), known.vocabulary)
    except Unclear as answer:
        unclear[key] = str(answer)
        return
    unclear.pop(key, None)
    what = log_line.said(line)
    log_desk.put(view, NAMES, "Named", what, lambda: logbook.correct(view.db, [(key, line.entry)]))


def _delete(view: View, key: str, said: str) -> None:
    log_desk.put(view, NAMES, "Deleted", said, lambda: logbook.correct(view.db, [], [key]))


def twice(view: View, rows: Sequence[Mapping[str, Any]]) -> None:
    """Pairs that look like one interruption in two logs: one of the two is counted until the owner has answered."""
    if not rows and log_desk.desk(view).place != TWICE:
        return
    st.subheader("Is this the same one?", anchor=False)
    log_desk.answer(view, TWICE)
    if rows:
        st.caption("Two logs have one about the same location within five minutes. Until you answer, one of the two is counted.")
    for row in rows[:MOST]:
        with st.container(border=True, key=f"twice_{row['interruption_id']}_{row['twin_id']}"):
            st.markdown(side(row, "other_"))
            st.markdown(side(row, ""))
            with st.container(horizontal=True, gap="small"):
                for same, words in ((True, "The same: count it once"), (False, "Two different ones")):
                    st.button(
                        words, key=f"same_{same}_{row['interruption_id']}_{row['twin_id']}", on_click=_decide,
                        args=(view, row, same),
                    )  # fmt: skip
    if len(rows) > MOST:
        st.caption(f"The newest {MOST} of {count(len(rows), 'pair')}; the others follow.")


def side(row: Mapping[str, Any], of: str) -> str:
    """`3 Mar 2026 at 10:20, 6 min, Riverside, front desk, supplier order; in the log “phone”`, as markdown."""
    at = row[f"{of}started_at"]
    words = (row["about_location"], row[f"{of}asked_by"], row[f"{of}topic"])
    said = [
        f"{day(at.date())} at {clock(at)}",
        f"{number(row[f'{of}minutes'], 2)} min",
        *(label(clip(w, 80)) for w in words if w),
    ]
    return f"{', '.join(said)}; in the log “{label(clip(row[f'{of}source'], 60))}”"


def _decide(view: View, row: Mapping[str, Any], same: bool) -> None:
    said = f"{'the same' if same else 'two different ones'}, {side(row, 'other_')}"
    ids = row["interruption_id"], row["twin_id"]
    log_desk.put(view, TWICE, "Answered", said, lambda: logbook.decide_twice(view.db, *ids, same=same))
