"""Locations: side by side, week by week, who asked while the owner was where, and where the owner is on which weekday."""

from functools import partial

import streamlit as st

from etl.model import PRACTICE_WIDE as WIDE
from pages.parts import behind, charts_rows, charts_week, data, frames, locations_words, sentences, shell, trust, whereabouts
from pages.parts.behind import Behind
from pages.parts.filters import days_in_words
from pages.parts.format import hours, label, tight
from pages.parts.picture import legend, numbers
from pages.parts.states import need_hours
from pages.parts.take_along import take_along

view = shell.guard()
period, each = view.days, view.days.each_week
heading = st.container()
side_by_side = st.empty()
with side_by_side.container():
    st.subheader("How do the locations compare, side by side?", anchor=False)
    sort = st.segmented_control(
        "In the order of", list(locations_words.SORTS), default="Hours",
        required=True, key="sorted", bind="query-params", wrap=True,
    )  # fmt: skip
side, split, weekly, pulls, summary, there, ways, trips, _ = data.ask(
    view.db,
    ("side_by_side", view.where | {"sort": locations_words.SORTS[sort or "Hours"]}),
    ("hours_by_location", view.where),
    ("weekly_by_location", view.trend),
    *((name, view.where) for name in ("pulls_by_location", "pulls_summary", "presence", "travel_sums", "travel")),
    trust.question(view),
)
weekly_hours = frames.by(side, "location", "hours_a_week")
asked, pulled = frames.by(side, "location", "pulls_a_week"), frames.by(side, "location", "pulls")
order = list(weekly_hours)
located = [name for name in order if name != WIDE]
if not any(weekly_hours.values()):
    side_by_side.empty()
    with heading:
        need_hours(view, weekly_hours.values())

# The finding
managing = frames.by(split, "location", "hours_a_week", role="management")
worked = {label(name): weekly_hours[name] for name in located}
if len(worked) > 1:
    finding = sentences.asks_most(
        {label(name): managing.get(name, 0.0) for name in located}, {label(name): pulled[name] for name in located}
    )
else:
    finding = sentences.one_place(worked or {WIDE: weekly_hours.get(WIDE, 0.0)}, bool(worked or view.locations), each)
with heading:
    st.title(finding, anchor=False)
    with st.container(key="lead"):
        if len(order) == 1:
            st.markdown(tight(locations_words.alone(frames.by(split, "role", "share"), asked[order[0]], each)))
        else:
            placed = frames.first(split, "placed_hours_a_week")
            st.markdown(tight(locations_words.lead(worked, placed, weekly_hours.get(WIDE), each)))
    if not located and not view.locations:
        st.page_link("pages/data.py", label="Name your locations on Data", icon=":material/storefront:")

# Side by side
legend()
mixes = locations_words.mixes(side, split)
first, second, third = st.columns([3, 5, 3], gap="medium")
with first:
    st.markdown(f"**Hours{each}**")
    rows = list(weekly_hours.items())
    behind.opening(
        charts_rows.hours_rows(rows, view.ink, each=each), "side_hours",
        locations_words.in_one_line(f"Hours{each}", rows, " h"),
        view, "locations", lambda of: Behind(locations=(order[of[0]],)),
    )  # fmt: skip
with second:
    st.markdown(f"**How they split**, share of each location's hours{each}")
    behind.opening(
        charts_rows.splits(mixes, view.ink, each=each), "side_split", locations_words.splits_in_words(mixes),
        view, "locations", lambda of: Behind(locations=(order[of[0]],), roles=(of[1],)),
    )  # fmt: skip
with third:
    st.markdown(f"**Interruptions{each}**")
    dots: list[tuple[str, float | None]] = list(asked.items())
    behind.opening(
        charts_rows.dots(dots, f"interruptions{each}", view.ink, behind=[f"n {n}" for n in side["pulls"]]),
        "side_pulls",
        locations_words.in_one_line(f"Interruptions{each}", dots, ""),
        view, "locations", lambda of: Behind(locations=(order[of[0]],), pulls=True),
    )  # fmt: skip
st.caption(
    f"{days_in_words(period)}. All of it together: {hours(frames.first(split, 'all_hours_a_week'))} of work{each}. {WIDE} is "
    "work for all of the practice; it is no location. n: how many events and interruptions the hours are of, and how many "
    "interruptions there were. Click a mark of any picture for the events it is made of."
)
if len(located) > 1:
    st.page_link(
        "pages/against.py", label=f"{label(located[0])} against {label(located[1])}, or any two",
        icon=":material/compare_arrows:", query_params={"one": located[0], "other": located[1]},
    )  # fmt: skip
numbers(lambda: locations_words.split_rows(side, split, each), "side", below=lambda: behind.link("side", view, "locations"))

# Week by week
st.subheader(f"Is it changing, {period.grain} by {period.grain}, on one scale?", anchor=False)
legend()
st.caption(f"Working hours a {period.grain} at each, all on one scale.")
panels, together = frames.location_weeks(weekly)
trends = {name: together.get(name, []) for name in order}
off = frames.off(weekly)
top = charts_week.shared_top(max((bar[1] for bars in trends.values() for bar in bars), default=0.0))
drawn = [name for name in order if name != WIDE or any(bar[1] for bar in trends[name])]
across = min(len(drawn), 3 if len(drawn) in (5, 6, 9) else 4)
for start in range(0, len(drawn), across):
    for column, name in zip(st.columns(across), drawn[start : start + across], strict=False):
        with column:
            st.markdown(f"**{label(name)}**")
            behind.opening(
                charts_week.weeks_stacked(panels.get(name, {}), top, view.ink, period.grain, off),
                f"weeks_{name}",
                locations_words.trend_in_words(name, trends[name], period.grain),
                view, "locations", partial(behind.of_bar, view, location=name), partial("{}, {}".format, name),
            )  # fmt: skip
if not weekly.empty and not weekly["finished"].all():
    st.caption(f"Hatched: a {period.grain} that is not over, or not wholly in these days.")
if off:
    st.caption(f"{charts_week.ring_in_words(period.grain)}.")
numbers(
    lambda: locations_words.week_rows(trends, period.grain, off),
    "location_weeks",
    note="Working hours of each location, all roles but personal.",
    below=lambda: behind.link("location_weeks", view, "locations"),
)

# Where the owner is
whereabouts.asked(view, pulls, summary.iloc[0])
if located:
    whereabouts.presence(view, frames.records(there), order)
if len(located) > 1 or view.locations:
    whereabouts.travel(view, frames.records(ways), trips)
take_along(view, "locations")
