"""Handing over: what next, what was handed over and whether it holds, the week that would be, and time to lead."""

import streamlit as st

from pages.parts import (
    blocks_form,
    charts_handing,
    charts_rows,
    data,
    frames,
    handing_form,
    handing_ledger,
    handing_words,
    shell,
    states,
    tabs,
    trust,
)
from pages.parts.filters import days_in_words
from pages.parts.format import between, clip, hours, percent, tight
from pages.parts.picture import legend, numbers, picture

view = shell.guard()
if view.facts is None:
    states.nothing_loaded(
        "Nothing is counted yet.", "Load a calendar, and log what interrupts you: then this page shows what you could hand over."
    )
period, today = view.days, view.facts.today
rows = frames.records(data.ask(view.db, ("what_next", view.where))[0])
found = handing_ledger.entries(view, today)
left = [row for row in rows if not row["handed"]]
st.title(tight(handing_words.title(rows, period.each_week)), anchor=False)
following, done, whatif, lead = tabs.of("handing_over", ("What next", "Handed over", "What if", "Time to lead"))
above, below = following.container(), following.container()
if following.open:
    with above:
        st.subheader("What does not need you, and how much is it?", anchor=False)
        asked, again = ([row for row in left if row["kind"] == kind][:8] for kind in ("topic", "group"))
        one, two = st.columns(2, gap="large")
        with one:
            st.markdown(f"**What you are asked**, time{period.each_week}")
            if asked:
                listed = [(clip(str(r["label"]), 60), float(r["low_hours_a_week"]), float(r["high_hours_a_week"])) for r in asked]
                said = f"Hours{period.each_week}: " + ", ".join(f"{name} {between(low, high)}" for name, low, high in listed)
                picture(charts_rows.ranges(listed, view.ink), "asked", said)
                st.caption("Full colour: you marked that the team could. Faint: not marked either way.")
            else:
                st.markdown("No topic in these days. Log what interrupts you, with its topic.")
        with two:
            st.markdown(f"**Management that comes again in your calendar**, hours{period.each_week}")
            if again:
                bars = [(clip(str(row["label"]), 60), float(row["high_hours_a_week"])) for row in again]
                said = f"Hours{period.each_week}: " + ", ".join(f"{name} {hours(value)}" for name, value in bars)
                picture(charts_rows.hours_rows(bars, view.ink), "again", said)
                st.caption("All of its hours: nobody can say from a calendar which of it needs you.")
            else:
                st.markdown("No event filed as management comes again in these days.")
        trust.line(view)
        numbers(handing_words.candidate_rows(rows), "next", note=f"{days_in_words(period)}. The most hours first.")
with below:  # drawn whether its part is open or not: what is typed in it stays
    st.subheader("What do you hand over, to whom, and what does good look like?", anchor=False)
    handing_form.draw(view, rows, today)
if done.open:
    with done:
        st.subheader("Did the hours come back to you?", anchor=False)
        if found:
            st.markdown(tight(handing_ledger.together(found)))
            st.caption("The days and locations chosen above change nothing here: each hand-over has weeks of its own.")
            st.caption(handing_ledger.MARKS)
            for entry in found:
                handing_ledger.draw(view, entry, today)
        else:
            st.markdown(
                "Nothing is handed over yet. Choose something under “What next”; after two weeks its first line is drawn here."
            )
if whatif.open:
    with whatif:
        st.subheader("What would your week be without them?", anchor=False)
        named = {(str(row["kind"]), str(row["what"])): str(row["label"]) for row in left}
        chosen = st.multiselect(
            "Hand over", list(named), default=list(named)[:3], format_func=lambda each: clip(named[each], 60), key="what_if"
        )
        without = view.where | {
            "topics": tuple(what for kind, what in chosen if kind == "topic"),
            "groups": tuple(what for kind, what in chosen if kind == "group"),
        }
        would = frames.records(data.ask(view.db, ("what_if", without))[0])
        management = next(row for row in would if row["role"] == "management")
        low, high = management["low_freed_a_week"], management["high_freed_a_week"]
        part = ("" if low == high else "at most ") + percent(management["freed_share"])
        said = f"{between(low, high)}{period.each_week} would come back to you, {part} of your management hours."
        st.markdown(tight(said))
        legend()
        picture(charts_handing.week_that_would_be(would, view.ink), "would", said)
        faint = " Faint: those that may, as nobody has marked them yet." if low < high else ""
        st.caption(f"{days_in_words(period)}. Outlined: hours that come back.{faint}")
        trust.line(view)
        numbers(handing_words.what_if_rows(would), "would")
if lead.open:
    with lead:
        st.subheader("Which free hours could you put aside to lead?", anchor=False)
        blocks_form.draw(view)
if period.each_week == "":
    st.caption("Less than a week: hours are those of these days, never scaled up.")
