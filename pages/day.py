"""The day: a ribbon for each, how often it was broken up, and what became of the hours put aside to lead."""

from datetime import date

import streamlit as st
from pandas import DataFrame

from pages.parts import behind, charts_day, data, day_words, frames, shell, states, trust
from pages.parts.filters import days_in_words
from pages.parts.format import chart_text, count, hours, label, tight
from pages.parts.ink import DARK
from pages.parts.picture import legend, numbers, picture

MOST = 35
"""Days that are drawn below each other."""
PAGE = "day"
view = shell.guard()
if view.facts is None:
    states.nothing_loaded("No day is counted yet.", "This page shows your days as ribbons, and how often each was broken up.")
told, aside, marked, latest, _ = data.ask(
    view.db,
    *((name, view.span) for name in ("day_facts", "planned_leadership", "day_markers")),
    ("day_ribbon", view.span | {"most": MOST}),
    trust.question(view),
)
facts, planned = frames.records(told), frames.records(aside)
markers = {row["day"].date(): str(row["location"]) for row in frames.records(marked)}
off = {row["day"].date(): str(row["day_off"]) for row in facts if row["day_off"]}
st.title(tight(day_words.finding(facts)), anchor=False)
if not facts:
    states.no_hours(view)
with st.container(key="lead"):
    st.markdown(tight(day_words.lead(facts, planned)))


def called(on: date) -> str:
    """A day, where its all-day event says the owner was, and whether it was a day off, for a picture."""
    return day_words.named(on) + (f", at {chart_text(markers[on], 30)}" if on in markers else "") + ", day off" * (on in off)


def ribbons(stretches: DataFrame) -> dict[date, list[dict[str, object]]]:
    """The stretches of each day."""
    found: dict[date, list[dict[str, object]]] = {}
    for stretch in frames.records(stretches):
        found.setdefault(stretch["day"].date(), []).append(stretch)
    return found


# One day
days = [row["day"].date() for row in facts]
shown = days[:MOST]
parts = ribbons(latest)
busy = next((at for at, row in enumerate(facts) if row["role_switches"]), 0)  # a Sunday says little
st.subheader("What did one day look like?", anchor=False)
chosen = st.selectbox(
    "Day", [each.isoformat() for each in days], busy, key="day", bind="query-params", label_visibility="collapsed", width=240,
    format_func=lambda text: day_words.named(date.fromisoformat(text)) if text else "",
)  # fmt: skip
on = date.fromisoformat(chosen) if chosen else days[busy]
if on not in parts:
    parts |= ribbons(data.ask(view.db, ("day_ribbon", {"from_day": on, "to_day": on, "most": 1}))[0])
personal = ("personal",) * any(part["role"] == "personal" for each in parts.values() for part in each)
one = next(row for row in facts if row["day"].date() == on)
legend(*personal)
st.markdown(tight(day_words.one_day(one)))
behind.opening(
    charts_day.ribbons([(called(on), parts[on])], view.ink, 76), "one_day", day_words.one_day(one),
    view, PAGE, lambda of: behind.Behind(days=(on, on)),
)  # fmt: skip
if on in markers:
    st.caption(f"An all-day event says that you were at {label(markers[on])}: for what does not say its own location.")
if on in off:
    st.caption(day_words.day_off(off[on]))
trust.of_days(view, on, on)
numbers(
    day_words.stretch_rows(parts[on]), "one_day", note="On your practice's clock. Each minute is counted once.",
    below=lambda: behind.link("one_day", view, PAGE, behind.Behind(days=(on, on))),
)  # fmt: skip

# Planned leadership
st.subheader("Of the hours put aside to lead, what survived?", anchor=False)
if planned:
    pieces = day_words.eaten(planned)
    said = ", ".join(f"{name} {hours(value)}" for name, value, _ in pieces)
    picture(charts_day.survived(pieces, view.ink), "survived", said)
    st.caption(f"{days_in_words(view.days)}. {day_words.colours(pieces, view.ink is DARK)}")
    trust.line(view)
    numbers(
        day_words.planned_rows(planned), "survived",
        note="Put aside is the time of all events filed as leadership, up to now; eaten is what something else in it counts as. "
        "An interruption that was about leading is kept.",
    )  # fmt: skip
else:
    st.markdown("No time was put aside for leadership in these days. Handing over finds some, in its part “Time to lead”.")

# All days
st.subheader("And the days one by one?", anchor=False)
legend(*personal)
behind.opening(
    charts_day.ribbons(
        [(called(each), parts[each]) for each in shown], view.ink, told=[day_words.one_day(row) for row in facts[:MOST]]
    ),
    "ribbons",
    f"{count(len(shown), 'day')}: " + tight(day_words.finding(facts)),
    view, PAGE, lambda of: behind.Behind(days=(shown[of], shown[of])), lambda _, of: called(shown[of]),
)  # fmt: skip
more = f" The latest {MOST} of {len(days)} days." if len(days) > MOST else ""
st.caption(f"A mark above a day: an interruption. All locations, whichever are chosen above.{more} Click a day for its hours.")
trust.line(view)
numbers(lambda: day_words.day_rows(facts), "days", note=day_words.RULE, below=lambda: behind.link("days", view, PAGE))
