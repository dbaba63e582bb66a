"""Roles: what waits for one, by hours; answered a group at a time, kept as rules; and what can be taken back."""

import streamlit as st

from pages.parts import charts_curve, filed_now, places_form, rules_table, shell, states, steps, tabs, waiting_card, waiting_list
from pages.parts.filters import whole
from pages.parts.format import count, exact, percent, tight
from pages.parts.picture import numbers, picture

view = shell.guard()
facts = view.facts
if facts is None:
    states.nothing_loaded(
        "Nothing waits for a role.", "Nothing is loaded yet. This page asks what the titles mean that the program does not know.",
        below=lambda: rules_table.left(view),
    )  # fmt: skip
now = filed_now.waiting(view)
groups = now.groups
enough = min(now.answers_for(0.9), 15)
if groups:
    st.title(
        f"{count(enough, 'answer settles', 'answers settle')} {percent(now.curve[enough - 1])} of your unfiled hours.",
        anchor=False,
    )
else:
    st.title("Every counted hour has a role.", anchor=False)
titles, places, rules, words = tabs.of("roles", ("What waits", "Places", "Your rules", "Leadership or management?"))
if titles.open:
    with titles:
        steps.row(view)
        if groups:
            with st.container(key="lead"):
                st.markdown(
                    f"Without a role yet: {tight(exact(now.hours))}, {whole(facts)}. Each answer is kept as a rule, for the past "
                    "and for what comes. A title filed as clinical is forgotten: only a mark stays that finds it again, since it "
                    "may hold a patient's name."
                )
            waiting_card.draw(view, now)
            st.subheader("How far do a few answers reach?", anchor=False)
            picture(
                charts_curve.settled(now.curve, enough, view.ink),
                "curve",
                f"The first {count(enough, 'answer')} settle {percent(now.curve[enough - 1])} of {exact(now.hours)}.",
            )
            numbers(waiting_list.curve_rows(now), "curve", note=f"Hours that wait, {whole(facts)}.")
            st.subheader("Which role has each of them?", anchor=False)
            waiting_list.draw(view, now)
        else:
            st.markdown("Nothing waits. What the next export brings and no rule knows is asked about here.")
            st.page_link("pages/overview.py", label="Back to Overview", icon=":material/donut_small:")
if places.open:
    with places:
        st.subheader("Which places in your calendars are which location?", anchor=False)
        places_form.draw(view)
if rules.open:
    with rules:
        st.subheader("Which rules decide, and how many hours?", anchor=False)
        rules_table.draw(view)
if words.open:
    with words:
        st.subheader("Is it leadership or management?", anchor=False)
        filed_now.help_texts()
