"""Locations: side by side, week by week, who asked while the owner was where, and two against each other."""

from functools import partial

import streamlit as st

from etl.model import PRACTICE_WIDE as WIDE
from pages.parts import behind, charts_pairs, charts_rows, charts_week, data, frames, locations_words, sentences, shell, trust
from pages.parts.behind import Behind
from pages.parts.filters import in_words
from pages.parts.format import count, hours, label, number, tight
from pages.parts.picture import legend, numbers

view = shell.guard()
period = view.days
split, weekly, pulls, summary, facts = data.ask(
    view.db,
    ("hours_by_location", view.where),
    ("weekly_by_location", view.trend),
    ("pulls_by_location", view.where),
    ("pulls_summary", view.where),
    ("location_facts", view.where),
)
weekly_hours = frames.by(split, "location", "location_hours_a_week", role="leadership")
located = sorted((name for name in weekly_hours if name != WIDE), key=lambda name: -weekly_hours[name])
order = located + [WIDE] * (WIDE in weekly_hours)
asked = frames.by(facts, "location", "value", fact="Pulls")

# The finding
managing = frames.by(split, "location", "hours_a_week", role="management")
worked = {label(name): weekly_hours[name] for name in located}
if len(worked) > 1:
    finding = sentences.asks_most(
        {label(name): managing.get(name, 0.0) for name in located}, {label(name): asked.get(name, 0.0) for name in located}
    )
else:
    finding = sentences.one_place(worked or {WIDE: weekly_hours.get(WIDE, 0.0)}, named=bool(worked or view.locations))
st.title(finding, anchor=False)
with st.container(key="lead"):
    if len(order) == 1:
        st.markdown(tight(locations_words.alone(frames.by(split, "role", "share"), asked.get(order[0], 0.0))))
    else:
        st.markdown(tight(locations_words.lead(worked, frames.first(split, "placed_hours_a_week"), weekly_hours.get(WIDE))))
if not located and not view.locations:
    st.page_link("pages/data.py", label="Name your locations on Data", icon=":material/storefront:")

# Side by side
st.subheader("How do the locations compare, side by side?", anchor=False)
legend()
mixes = [
    (name, frames.by(split, "role", "hours_a_week", location=name), frames.by(split, "role", "share", location=name))
    for name in order
]
first, second, third = st.columns([3, 5, 3], gap="medium")
with first:
    st.markdown("**Hours a week**")
    rows = [(name, weekly_hours[name]) for name in order]
    behind.opening(
        charts_rows.hours_rows(rows, view.ink), "side_hours", locations_words.in_one_line("Hours a week", rows, " h"),
        view, "locations", lambda of: Behind(locations=(order[of[0]],)),
    )  # fmt: skip
with second:
    st.markdown("**How they split**, share of each location's hours")
    behind.opening(
        charts_rows.splits(mixes, view.ink), "side_split", locations_words.splits_in_words(mixes),
        view, "locations", lambda of: Behind(locations=(order[of[0]],), roles=(of[1],)),
    )  # fmt: skip
with third:
    st.markdown("**Interruptions a week**")
    dots: list[tuple[str, float | None]] = [(name, asked.get(name, 0.0)) for name in order]
    behind.opening(
        charts_rows.dots(dots, "interruptions a week", view.ink),
        "side_pulls",
        locations_words.in_one_line("Interruptions a week", dots, ""),
        view, "locations", lambda of: Behind(locations=(order[of[0]],), pulls=True),
    )  # fmt: skip
st.caption(
    f"{in_words(period)}. {WIDE} is work for all of the practice; it is no location. "
    "Click a mark of any picture for the events it is made of."
)
numbers(locations_words.split_rows(split, order, asked), "side", below=lambda: behind.link("side", view, "locations"))

# Week by week
st.subheader(f"Is it changing, {period.grain} by {period.grain}, on one scale?", anchor=False)
legend()
panels, together = frames.location_weeks(weekly)
trends = {name: together.get(name, []) for name in order}
off = frames.off(weekly)
top = charts_week.shared_top(max((bar[1] for bars in trends.values() for bar in bars), default=0.0))
across = min(len(order), 3 if len(order) in (5, 6, 9) else 4)
for start in range(0, len(order), across):
    for column, name in zip(st.columns(across), order[start : start + across], strict=False):
        with column:
            st.markdown(f"**{label(name)}**, hours a {period.grain}")
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
    locations_words.week_rows(trends, period.grain, off),
    "location_weeks",
    note="Working hours of each location, all roles but personal.",
    below=lambda: behind.link("location_weeks", view, "locations"),
)

# Who asked while you were where
st.subheader("Where were you when they asked?", anchor=False)
if pulls.empty:
    st.markdown(
        "No interruptions in these days. A log of them, or a line now and then on Data, shows who asks while you are where."
    )
else:
    about, was = frames.names(pulls, "about_location", "about_order"), frames.names(pulls, "was", "was_order")
    cells = {
        (str(row["about_location"]), str(row["was"])): (float(row["pulls"]), float(row["hours"])) for row in frames.records(pulls)
    }
    said = locations_words.asked_while(summary.iloc[0])
    st.markdown(tight(said))
    st.caption("Columns: which location it was about. Rows: what it took you from. Hours in these days.")
    behind.opening(
        charts_pairs.heat(about, was, cells, view.ink), "heat", said,
        view, "locations", lambda of: Behind(locations=(about[of[0]],), pulls=True, was=(was[of[1]],)),
    )  # fmt: skip
    trust.line(view)
    numbers(
        locations_words.pull_rows(pulls),
        "pulls",
        note=f"{count(summary['pulls'].iloc[0], 'interruption')}, {in_words(period)}. "
        "One that ran across two events is counted where it began; its time is where it fell.",
        below=lambda: behind.link("pulls", view, "locations", Behind(pulls=True)),
    )

# Two against each other
if len(order) > 1:
    st.subheader("How do two of them differ, point by point?", anchor=False)
    left, right, _ = st.columns([2, 2, 3])
    one = left.selectbox("One, full mark", order, index=0, key="one", bind="query-params")
    two = right.selectbox("The other, open mark", order, index=1, key="other", bind="query-params")
    pairs = locations_words.pairs(facts, str(one), str(two))
    st.markdown(f"**● {label(str(one))}**  ○ {label(str(two))}")
    behind.opening(
        charts_pairs.dumbbells(pairs, (str(one), str(two)), view.ink),
        "pair",
        f"{one} against {two}: " + ", ".join(f"{fact} {number(a)} and {number(b)} {unit}" for fact, unit, a, b, _ in pairs),
        view, "locations", lambda of: behind.of_fact(pairs[of[0]][0], str((one, two)[of[1]]), view),
    )  # fmt: skip
    st.caption("Each line runs from nothing to the largest of all locations shown.")
    numbers(
        locations_words.pair_rows(pairs, str(one), str(two)),
        "pair",
        note=in_words(period),
        below=lambda: behind.link("pair", view, "locations", Behind(locations=tuple(dict.fromkeys((str(one), str(two)))))),
    )
st.caption(f"All of it together: {hours(frames.first(split, 'all_hours_a_week'))} of work a week.")
