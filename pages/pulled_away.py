"""Pulled away: what interrupted the owner, where, about what, out of what, and which of it could be answered once."""

import streamlit as st

from pages.parts import (
    answer_once,
    behind,
    charts_pairs,
    charts_pulled,
    data,
    frames,
    pulled_places,
    pulled_words,
    shell,
    states,
    trust,
)
from pages.parts.behind import Behind
from pages.parts.format import brief, clip, tight
from pages.parts.ink import ROLE_COLOURS
from pages.parts.picture import numbers

PAGE = "pulled_away"
view = shell.guard()
if view.facts is None or view.facts.log_first_day is None:
    st.title("No interruption is written down yet.", anchor=False)
    with st.container(key="lead"):
        st.markdown(
            "This page shows what pulls you away: which location asks while you are where, about what, and which of it could be "
            "answered once. It needs a log of interruptions: a line each, when they happen, is enough."
        )
    st.page_link("pages/log.py", label="Write down the first one", icon=":material/edit_note:", query_params={})
    st.stop()
answers = data.ask(
    view.db,
    ("pulls_by_location", view.where),
    ("pulls_summary", view.where),
    *((name, view.where) for name in ("pulled_topics", "pulls_by_hour", "pulls_taken_from", "answer_once")),
    *((name, view.where) for name in ("waiting_times", "runs_without_you", "pull_rate")),
    trust.question(view),
    ("log_days", view.span),
)
matrix, summary = answers[0], answers[1].iloc[0]
cells, topics, hours, taken, once, waits, runs, rates = (frames.records(frame) for frame in (matrix, *answers[2:9]))

# The finding
if not cells:
    st.title("No interruption was written down in these days.", anchor=False)
else:
    st.title(tight(pulled_words.finding(cells, summary)), anchor=False)
with st.container(key="lead"):
    st.markdown(tight(pulled_words.lead(summary, topics)) if cells else "Choose other days or locations above.")
trust.draw(view)
if not cells:
    states.show_all()
    st.stop()

# Where you were, and which location it was about
st.subheader("Where were you when they asked, and about which location?", anchor=False)
about, was = frames.names(matrix, "about_location", "about_order"), frames.names(matrix, "was", "was_order")
found = {(str(cell["about_location"]), str(cell["was"])): (float(cell["pulls"]), float(cell["hours"])) for cell in cells}
for column, counts in zip(st.columns(2, gap="medium"), (False, True), strict=True):
    with column:
        st.markdown(f"**{'How often' if counts else 'Hours'}** in these days")
        behind.opening(
            charts_pairs.heat(about, was, found, view.ink, counts=counts), f"matrix_{counts}", pulled_words.lead(summary, []),
            view, PAGE, lambda of: Behind(locations=(about[of[0]],), pulls=True, was=(was[of[1]],)),
        )  # fmt: skip
st.caption(
    "Columns: which location it was about. Rows: what it took you from. One that ran across two events is counted where it "
    "began; its time is where it fell. Click a mark of any picture for its interruptions."
)
trust.line(view, whole=False)
numbers(lambda: pulled_words.matrix_rows(cells), "matrix", below=lambda: behind.link("matrix", view, PAGE, Behind(pulls=True)))

# What about, and what to answer once
left, right = st.columns([1, 1], gap="large")
with left:
    st.subheader("What are they about?", anchor=False)
    listed = [(str(t["topic"]), t["could_hours"], t["unknown_hours"], t["needed_hours"]) for t in topics[:8]]
    behind.opening(
        charts_pulled.topics(listed, view.ink), "pull_topics",
        "Hours by topic: " + ", ".join(f"{clip(t['topic'], 60)} {brief(t['hours'])}" for t in topics[:8]) + ".",
        view, PAGE, lambda of: Behind(pulls=True, topics=tuple(topics[of[0]]["spellings"]), could=(of[1],)),
    )  # fmt: skip
    st.caption(
        "Hours in these days. Full colour: you marked that the team could have settled it. Faint: not marked. Grey: needed you."
    )
    trust.line(view, whole=False)
    numbers(pulled_words.topic_rows(topics), "pull_topics", below=lambda: behind.link("topics", view, PAGE, Behind(pulls=True)))
with right:
    st.subheader("What could you answer once?", anchor=False)
    answer_once.draw(view, once)

# When, and out of what
left, right = st.columns([3, 2], gap="large")
with left:
    st.subheader("When do they come?", anchor=False)
    by_hour = {(row["weekday"], row["hour"]): (row["hours"], row["pulls"]) for row in hours}
    order = [6, 0, 1, 2, 3, 4, 5] if view.facts.week_starts == "sunday" else list(range(7))
    weekdays = [day for day in order if day < 5 or any(day == there for there, _ in by_hour)]
    behind.opening(
        charts_pulled.week(by_hour, weekdays, view.ink), "pull_hours", pulled_words.busiest(hours),
        view, PAGE, lambda of: Behind(pulls=True, slots=(f"{charts_pulled.WEEKDAYS[of[0]]} {of[1]}",)),
    )  # fmt: skip
    st.caption(
        f"{pulled_words.busiest(hours)} Time in these days, counted in the hour it fell in; only hours of the day that have any."
    )
    trust.line(view, whole=False)
    numbers(pulled_words.hour_rows(hours), "pull_hours", below=lambda: behind.link("hours", view, PAGE, Behind(pulls=True)))
with right:
    st.subheader("What was it taken from?", anchor=False)
    sources = [(row["taken_from"], pulled_words.TAKEN[row["taken_from"]], row["hours"], row["share"]) for row in taken]
    behind.opening(
        charts_pulled.taken(sources, ROLE_COLOURS, view.ink), "pull_taken",
        "Taken from: " + ", ".join(f"{name} {brief(spent)}" for _, name, spent, _ in sources) + ".",
        view, PAGE, lambda of: Behind(pulls=True, taken=(sources[of[0]][0],)),
    )  # fmt: skip
    st.caption(
        "Time in these days. Free working time and after hours: the calendar had nothing there, inside or outside of your "
        "working hours."
    )
    trust.line(view, whole=False)
    numbers(pulled_words.taken_rows(taken), "pull_taken", below=lambda: behind.link("taken", view, PAGE, Behind(pulls=True)))

# Waiting, and what runs without the owner
pulled_places.waiting(view, waits)
if runs:
    pulled_places.runs(view, runs)
if rates:
    pulled_places.rates(view, rates)
