"""Log: an interruption written down in five seconds, by a line, a tap, a watch or on paper; and what is logged, to correct."""

from datetime import timedelta

import streamlit as st

from pages.parts import fold, log_desk, log_forms, log_known, log_later, log_line, log_table, log_tally, log_taps, shell, tabs

LATEST = 14
"""Days of the log that stand here; the Data page has all of it."""

view = shell.guard()
st.title("Who interrupted you just now?", anchor=False)
log_line.field(view, log_known.known(view))
log_desk.carry_out(view)
known = log_known.known(view)
log_line.understood(view, known)

st.subheader("Or was it one of these?", anchor=False)
pairs, unnamed, twice = log_known.asked(view)
log_taps.pairs(view, known, pairs)

st.subheader("Is somebody with you now?", anchor=False)
log_taps.stopwatch(view, known)

log_later.unnamed(view, known, unnamed)
log_later.twice(view, twice)

st.subheader("What did you tally on paper?", anchor=False)
log_tally.draw(view, known)

st.subheader("What did you log last?", anchor=False)
today = known.now().date()
if view.db.exists():
    st.caption(f"The last {LATEST} days, the newest first.")
    log_table.table(view, known.locations, today - timedelta(days=LATEST - 1), today)
    st.page_link("pages/data.py", label="All of the log", icon=":material/history:", query_params=tabs.at("data", "Log"))
else:
    st.caption("Nothing yet.")
if form := fold.kept("Write one down with everything there is to say about it", "fuller_form"):
    with form:
        log_forms.entry(view, known.locations, known.now())
