"""Overview: the half minute in three sentences, the four pictures that show them, and what else is known of these hours."""

import streamlit as st

from etl.model import PRACTICE_WIDE
from pages.parts import (
    behind,
    charts_average,
    charts_rows,
    charts_week,
    data,
    frames,
    overview_rest,
    overview_words,
    references,
    sentences,
    shell,
    trust,
)
from pages.parts.behind import Behind
from pages.parts.filters import in_words
from pages.parts.format import between, clip, count, hours
from pages.parts.ink import ROLE_NAMES, WORK
from pages.parts.period import before_in_words
from pages.parts.picture import numbers
from pages.parts.states import need_hours
from pages.parts.take_along import take_along

MANAGING = ("management",)
view = shell.guard()
period = view.days
half, roles, weekly, topics, places, fits, waiting, steps, _ = data.ask(
    view.db,
    ("half_minute", view.versus),
    ("hours_by_role", view.versus),
    ("weekly_hours", view.trend),
    *((name, view.where) for name in ("hand_over_topics", "hours_by_location", "hand_over", "unclassified_hours")),
    ("waterfall", view.span),
    trust.question(view),
)
need_hours(view, frames.by(roles, "role", "hours").values())
target = view.facts.leadership_target if view.facts and not view.locations else None  # it is one for all locations

# The half minute
said = frames.records(half)
with st.container(key="half_minute"):
    first, *following = sentences.half_minute(said, period, view.locations or ())
    st.title(first, anchor=False)
    with st.container(key="lead"):
        for each in following:
            st.markdown(each)
    for page, does, icon in sentences.ways_on(said):
        st.page_link(f"pages/{page}.py", label=does, icon=icon)

# The average week
a_week, before = frames.by(roles, "role", "hours_a_week"), frames.by(roles, "role", "hours_a_week_before")
sums = frames.first(roles, "work_hours_a_week"), frames.first(roles, "work_hours_a_week_before")
st.subheader("What does your average week hold?" if period.each_week else "What do these days hold?", anchor="average-week")
behind.opening(
    charts_average.average_week(
        a_week, before or None, sums, before_in_words(period), view.ink, period.each_week,
        target * period.share if target and period.each_week else None,
    ),
    "average_week",
    "The average week: " + ", ".join(f"{ROLE_NAMES[role]} {hours(a_week.get(role))}" for role in WORK) + ".",
    view, "overview", lambda of: behind.of_role(view, *of),
)  # fmt: skip
personal = a_week.get("personal", 0.0)
st.caption(
    "Click a mark of any picture for the events it is made of."
    + (f" Personal time, {hours(personal)}{period.each_week}, is not work and not in the pictures." if personal else "")
)
numbers(
    overview_words.role_rows(roles),
    "roles",
    note=f"{in_words(period)}. Hours of the whole period, and as an average week of these {count(period.days, 'day')}.",
    below=lambda: behind.link("roles", view, "overview"),
)

# The weeks
st.subheader(f"Is it changing, {period.grain} by {period.grain}?", anchor="weeks")
off = frames.off(weekly)
trend = {role: frames.weeks(weekly, role=role) for role in WORK}
shown = {role: weeks for role, weeks in trend.items() if role == "leadership" or any(week[1] for week in weeks)}
aim = target if period.grain == "week" else None
behind.opening(
    charts_week.weeks_by_role(shown, view.ink, aim, period.grain, off),
    "weeks",
    " ".join(overview_words.weeks_in_words(ROLE_NAMES[role], weeks, period.grain) for role, weeks in shown.items()),
    view, "overview", lambda of: behind.of_bar(view, of),
)  # fmt: skip
marks = [f"Hours a {period.grain}, on one scale."]
marks += [f"Dotted: your target, {hours(aim)} of leadership a week."] if aim else []
marks += [f"Hatched: a {period.grain} that is not over, or not wholly in these days."] if not weekly["finished"].all() else []
marks += [f"{charts_week.ring_in_words(period.grain)}{', and so with less of a target' * bool(aim)}."] * bool(off)
st.caption(" ".join(marks))
numbers(lambda: overview_words.week_rows(weekly, period.grain), "weeks", below=lambda: behind.link("weeks", view, "overview"))

left, right = st.columns(2, gap="large")
with left:
    st.subheader("Which location takes your managing?", anchor="managing")
    taken = overview_words.managing(places)
    if any(value for _, value, _ in taken):
        behind.opening(
            charts_rows.managing(taken, view.ink),
            "managing",
            overview_words.managing_in_words(taken, period.each_week),
            view, "overview", lambda of: Behind(roles=MANAGING, locations=(taken[of[0]][0],)),
        )  # fmt: skip
        wide = " Practice-wide is no location." * (taken[-1][0] == PRACTICE_WIDE)
        st.caption(f"Hours of management{period.each_week}, and their part of all management.{wide}")
    else:
        st.markdown("No management is counted in these days.")
    if not view.all_locations[1:]:
        st.page_link("pages/data.py", label="Name your locations on Data", icon=":material/storefront:")
    numbers(
        overview_words.managing_rows(places),
        "managing",
        below=lambda: behind.link("managing", view, "overview", Behind(roles=MANAGING)),
    )
with right:
    st.subheader("What could you hand over?", anchor="hand-over")
    asked = overview_words.drawn(frames.records(topics))
    listed = [(str(row["topic"]), float(row["low_hours_a_week"]), float(row["high_hours_a_week"])) for row in asked]
    if listed:
        behind.opening(
            charts_rows.ranges(listed, view.ink),
            "topics",
            f"Topics the team could carry, hours{period.each_week}: "
            + ", ".join(f"{clip(topic, 60)} {between(low, most)}" for topic, low, most in listed),
            view, "overview", lambda of: overview_words.of_topic(asked[of[0]], of[1]),
        )  # fmt: skip
        st.caption(f"Time{period.each_week}. Full colour: you marked that the team could. Faint: not marked either way.")
        trust.line(view)
    else:
        st.markdown("No topic that the team could carry is logged in these days.")
    numbers(
        overview_words.topic_rows(topics),
        "topics",
        note=overview_words.hand_over(fits.iloc[0], period.each_week),
        below=lambda: behind.link("topics", view, "overview", Behind(roles=MANAGING, pulls=True, could=("yes", "not known"))),
    )
    st.page_link("pages/handing_over.py", label="Hand something over", icon=":material/handshake:")

overview_rest.draw(view, steps, waiting.iloc[0])
references.draw(view)
take_along(view, "overview")
