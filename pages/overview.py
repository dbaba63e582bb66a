"""Overview: where the hours went, whether it is changing, and which of it does not need the owner."""

import streamlit as st

from pages.parts import behind, charts_rows, charts_week, data, frames, overview_words, references, sentences, shell, trust
from pages.parts.filters import in_words
from pages.parts.format import brief, clip, count, day, exact, hours, label, tight
from pages.parts.ink import ROLE_NAMES, WORK
from pages.parts.period import before_in_words
from pages.parts.picture import named, numbers

MANAGING = ("management",)
view = shell.guard()
period = view.days
roles, weekly, hand, topics, steps, places, open_hours = data.ask(
    view.db,
    ("hours_by_role", view.versus),
    ("weekly_hours", view.trend),
    ("hand_over", view.where),
    ("hand_over_topics", view.where),
    ("waterfall", view.span),
    ("hours_by_location", view.where),
    ("unclassified_hours", view.where),
)
total, a_week = frames.by(roles, "role", "hours"), frames.by(roles, "role", "hours_a_week")
before = frames.by(roles, "role", "hours_a_week_before")
target = view.facts.leadership_target if view.facts else None
fits = hand.iloc[0]
low, high = frames.one(fits["low_hours_a_week"]), frames.one(fits["high_hours_a_week"])

# The finding
work_a_week, work_before = frames.first(roles, "work_hours_a_week"), frames.first(roles, "work_hours_a_week_before")
heading = sentences.led(
    period, total["leadership"], frames.first(roles, "work_hours"), a_week["leadership"], work_a_week,
    target, [label(name) for name in view.locations or ()],
)  # fmt: skip
st.title(heading, anchor=False)
shares = {label(name): share for name, share in frames.by(places, "location", "share_of_role", role="management").items()}
change = frames.by(roles, "role", "change_a_week").get("management")
with st.container(key="lead"):
    st.markdown(tight(sentences.managed(period, a_week["management"], change, shares, low, high)))

# The average week
st.subheader("What does your average week hold?" if period.each_week else "What do these days hold?", anchor=False)
behind.opening(
    charts_week.average_week(
        a_week, before or None, (work_a_week, work_before), before_in_words(period), view.ink, period.each_week
    ),
    "average_week",
    "The average week: " + ", ".join(f"{ROLE_NAMES[role]} {hours(a_week.get(role))}" for role in WORK) + ".",
    view, "overview", lambda of: behind.of_role(view, *of),
)  # fmt: skip
st.caption("Click a mark of any picture for the events it is made of.")
personal = a_week.get("personal", 0.0)
if personal:
    st.caption(f"Personal time in the calendar, {hours(personal)}{period.each_week}, is not work and not in the picture.")
numbers(
    overview_words.role_rows(roles),
    "roles",
    note=f"{in_words(period)}. Hours of the whole period, and as an average week of these {count(period.days, 'day')}.",
    below=lambda: behind.link("roles", view, "overview"),
)
references.draw(view)

# Week by week
st.subheader(f"Is it changing, {period.grain} by {period.grain}?", anchor=False)
off = frames.off(weekly)
by_week = period.grain == "week" and not view.locations  # the target is one for a week and for all locations
shown = [role for role in WORK if any(week[1] for week in frames.weeks(weekly, role=role)) or role == "leadership"]
top = charts_week.shared_top(
    max(
        [week[1] for role in shown for week in frames.weeks(weekly, role=role)] + [target if by_week and target else 0.0],
        default=0.0,
    )
)
for column, role in zip(st.columns(len(shown)), shown, strict=True):
    with column:
        these = frames.weeks(weekly, role=role)
        aim = target if role == "leadership" and by_week else None
        st.markdown(f"**{named(role)}**, hours a {period.grain}")
        behind.opening(
            charts_week.weeks_of_role(these, role, top, view.ink, aim, period.grain, off),
            f"weeks_{role}",
            overview_words.weeks_in_words(ROLE_NAMES[role], these, period.grain),
            view, "overview", lambda of: behind.of_bar(view, of),
        )  # fmt: skip
marks = [f"Dotted: your target, {hours(target)} of leadership a week."] if by_week and target else []
if any(not week[2] for week in frames.weeks(weekly, role="leadership")):
    marks.append(f"Hatched: a {period.grain} that is not over, or not wholly in these days.")
marks += [f"{charts_week.ring_in_words(period.grain)}{', and so with less of a target' * bool(by_week and target)}."] * bool(off)
st.caption(" ".join(marks))
numbers(overview_words.week_rows(weekly, period.grain), "weeks", below=lambda: behind.link("weeks", view, "overview"))

# What does not need the owner
left, right = st.columns([3, 2], gap="large")
with left:
    st.subheader("What does not need you?", anchor=False)
    st.markdown(tight(overview_words.hand_over(fits, period.each_week)))
    listed = [
        (str(row["topic"]), float(row["low_hours_a_week"]), float(row["high_hours_a_week"])) for row in frames.records(topics)[:8]
    ]
    if listed:
        behind.opening(
            charts_rows.ranges(listed, view.ink),
            "topics",
            "Topics of interruptions the team could carry, hours a week: "
            + ", ".join(f"{clip(topic, 60)} {brief(most)}" for topic, _, most in listed),
            view, "overview", lambda of: behind.Behind(roles=MANAGING, pulls=True, topics=(listed[of[0]][0],), could=(of[1],)),
        )  # fmt: skip
        st.caption(
            f"{'A week. ' if period.each_week else ''}Full colour: you marked that the team could. Faint: not marked either way."
        )
        trust.line(view)
    numbers(
        overview_words.topic_rows(topics),
        "topics",
        below=lambda: behind.link(
            "topics", view, "overview", behind.Behind(roles=MANAGING, pulls=True, could=("yes", "not known"))
        ),
    )
with right:
    st.subheader("What is not filed yet?", anchor=False)
    waiting = open_hours.iloc[0]
    if waiting["hours"]:
        st.markdown(
            f"{exact(waiting['hours'])} in these days, under {count(waiting['titles'], 'title')}, "
            "have no role. Each title is filed once, and then for good."
        )
        st.page_link("pages/roles.py", label="File them on Roles", icon=":material/sell:")
    else:
        st.markdown("Everything in these days has a role.")
    st.subheader("What was not counted?", anchor=False)
    ladder = [(str(row["step"]), float(row["hours"])) for row in frames.records(steps)]
    st.markdown(tight(sentences.counted_of(ladder)))
    with st.expander("From the calendars to what was counted", key="ladder"):
        st.table(overview_words.step_frame(steps), border="horizontal", hide_index=True)
        st.caption(overview_words.RULE)
    st.page_link(
        "pages/data.py",
        label="Which events were left out",
        icon=":material/filter_list:",
        query_params={"part": "What was left out"},
    )
    if view.locations:
        st.caption("For all locations: what is not counted has none.")
if view.facts and view.facts.log_first_day:
    reach = f"{day(view.facts.log_first_day)} to {day(view.facts.log_last_day)}"
    st.caption(f"{in_words(period)}. The interruption log reaches from {reach}.")
else:
    st.caption(f"{in_words(period)}. No interruption log is loaded.")
