"""Back to a backup: the file, what it would replace, and the question once more."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from etl import backup, backup_file
from etl.model import Refused
from pages.parts import data, load_files, shell
from pages.parts.doing import attempt
from pages.parts.format import clock, count, day, full_stop, in_words, span
from pages.parts.view import Facts, View

_ROUND = "_restores"


def draw(view: View) -> None:
    """The upload, then what it would replace; a new, empty upload once it is done or given up."""
    now = st.session_state.setdefault(_ROUND, 0)
    file = st.file_uploader(
        f"A file that “Back up” has made ({backup_file.ENDING})",
        type=None,
        key=f"restore_{now}",
        help="It is checked as a whole before it takes the place of what is stored.",
    )
    if file is None:
        return
    given = (file.name, file.getvalue())
    try:
        about = backup_file.about(given)
    except Refused as error:
        shell.say(error)
        return
    facts = shell.facts_of(view.db)
    made = about.made_at.astimezone(ZoneInfo(facts.time_zone) if facts else None)
    st.warning(question(view, facts, made))
    with st.container(horizontal=True):
        if st.button("Yes, restore it", key="restore_yes", type="primary") and attempt(
            lambda: backup.restore(given, view.db), "Checking it and putting it in place …"
        ):
            st.session_state[_ROUND] += 1
            load_files.forget_reports()
            shell.done(full_stop(f"Restored: everything is as it was on {day(made.date())} at {clock(made)}"))
            st.rerun()
        if st.button("Keep what is here", key="restore_no"):
            st.session_state[_ROUND] += 1
            st.rerun()


def question(view: View, facts: Facts | None, made: datetime) -> str:
    """What a restore would replace, and by what."""
    moment = f"{day(made.date())} at {clock(made)}"
    if data.stamp(view.db) is None or facts is None:
        return f"Restore this backup of {moment}? Nothing is stored here yet."
    reach = f" ({span(facts.covered_from, facts.covered_to)})" if facts.covered_from and facts.covered_to else ""
    loaded = [count(many, what) for many, what in ((facts.calendars, "calendar"), (facts.logs, "log")) if many]
    held = in_words([*loaded, "your filings and corrections", "your settings and rules in practice.toml", "the key"])
    return (
        f"Restore this backup of {moment}? It replaces **all that is stored here now{reach}**: {held}. "
        "What you loaded or changed since then is lost, and what you had forgotten since then is back."
    )
