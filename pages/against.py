"""Two locations: one against the other, what differs most in words, fact by fact, and the weeks of both on one axis."""

from datetime import date

import streamlit as st

from etl.model import PRACTICE_WIDE as WIDE
from pages.parts import (
    against_words,
    behind,
    charts_against,
    charts_pairs,
    charts_week,
    data,
    frames,
    locations_words,
    shell,
    trust,
)
from pages.parts.behind import Behind
from pages.parts.format import label, span, tight
from pages.parts.picture import numbers

PAGE = "against"
view = shell.guard()
period, each = view.days, view.days.each_week
heading = st.container()
side, _ = data.ask(view.db, ("side_by_side", view.where | {"sort": "hours"}), trust.question(view))
places = [name for name in frames.names(side, "location") if name != WIDE]
if len(places) < 2:
    heading.title("There are no two locations yet.", anchor=False)
    st.page_link("pages/data.py", label="Name your locations on Data", icon=":material/storefront:")
    st.stop()

left, right = st.columns([2, 2, 3])[:2]
with left:
    one = against_words.pick("One, full mark", "one", places)
with right:
    other = against_words.pick("The other, open mark", "other", [name for name in places if name != one])
both = (one, other)
rows, weekly = data.ask(
    view.db,
    ("against", view.where | {"one": one, "other": other}),
    ("weekly_by_location", view.trend | {"locations": both}),
)
compared = frames.records(rows)

# What differs most
told = against_words.told(compared, one, other, each)
first, *more = told or against_words.nothing_told(compared, one, other)
with heading:
    st.title(tight(first), anchor=False)
    with st.container(key="lead"):
        st.markdown(tight(" ".join(more)))

# Fact by fact
st.subheader("How do the two differ, fact by fact?", anchor=False)
marks = f"**● {label(one)}**  ○ {label(other)}"
st.markdown(marks)
facts = against_words.facts(compared, each)
behind.opening(
    charts_pairs.dumbbells(facts, both, view.ink), "pair", against_words.in_one_line(facts, one, other),
    view, PAGE, lambda of: behind.of_fact(compared[of[0]]["fact"], both[of[1]], view),
)  # fmt: skip
st.caption(
    f"{span(period.from_day, period.to_day)}. Each line runs from nothing to the largest of all your locations: all hours on one "
    f"scale, all interruptions{each} on one; a share to all of it. n: how many events and interruptions are behind the two. "
    "Click a mark for its hours."
)
trust.line(view)
numbers(
    against_words.table(compared, one, other, each),
    "pair",
    note="In words: the three that differ most, of one kind only the largest; by a quarter of the larger or more, with at "
    "least ten events or interruptions behind the two, of a share five behind each.",
    below=lambda: behind.link("pair", view, PAGE, Behind(locations=both)),
)

# Week by week
st.subheader(f"How did both go, {period.grain} by {period.grain}?", anchor=False)
st.markdown(f"{marks}, working hours a {period.grain}")
_, together = frames.location_weeks(weekly)
weeks = (together.get(one, []), together.get(other, []))
top = charts_week.shared_top(max((bar[1] for bars in weeks for bar in bars), default=0.0))
behind.opening(
    charts_against.weeks_of_two(weeks, both, top, view.ink, period.grain, frames.off(weekly)), "pair_weeks",
    " ".join(locations_words.trend_in_words(name, bars, period.grain) for name, bars in zip(both, weeks, strict=True)),
    view, PAGE, lambda of: Behind(behind.bar_days(view, date.fromisoformat(of[1])), locations=(both[of[0]],)),
)  # fmt: skip
if not weekly.empty and not weekly["finished"].all():
    st.caption(f"Faint: a {period.grain} that is not over, or not wholly in these days.")
numbers(
    locations_words.week_rows(dict(zip(both, weeks, strict=True)), period.grain),
    "pair_weeks",
    note="Working hours of each location, all roles but personal.",
    below=lambda: behind.link("pair_weeks", view, PAGE, Behind(locations=both)),
)
st.page_link("pages/locations.py", label="All locations, side by side", icon=":material/arrow_back:")
