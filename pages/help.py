"""Help: how hours are counted, what counts as leadership, how to log, days and comparisons, the verdict, where the data is."""

import streamlit as st

from etl import example, stored
from etl.edit import practice_beside
from etl.transform import words
from pages.parts import charts_help, filed_now, help_link, help_words, settings_form, shell, tabs
from pages.parts.format import label, tight
from pages.parts.ink import ROLE_NAMES
from pages.parts.picture import named, numbers, picture


@st.cache_resource(show_spinner="Counting the example …")
def _morning() -> example.Morning:
    """The same whatever is loaded."""
    return example.morning()


view = shell.guard()
st.title("How does it work?", anchor=False)
counting, roles, log, days, verdict, where = tabs.of("help", help_link.PARTS)
if counting.open:
    with counting:
        st.subheader("How does every minute count once?", anchor=False)
        st.markdown("\n".join(f"{nth}. {rule}" for nth, rule in enumerate(help_words.RULES, 1)))
        st.subheader("What does a morning come to?", anchor=False)
        morning = _morning()
        said = tight(help_words.finding(morning))
        st.markdown(said)
        st.markdown("&emsp;".join(named(role) for role in help_words.ROLES if morning.hours_of(role)))
        picture(charts_help.morning(morning, view.ink), "morning", said)
        st.caption("Faint: as the calendar and the log have it. Full colour: as it counts. Hatched: what an interruption took.")
        numbers(help_words.morning_rows(morning), "morning", note="An invented morning, counted as yours is.")
        st.page_link(
            "pages/data.py", label="What was left out of your calendars", icon=":material/filter_list:",
            query_params=tabs.at("data", "What was left out"),
        )  # fmt: skip
if roles.open:
    with roles:
        st.subheader("Is it leadership or management?", anchor=False)
        filed_now.questions()
        st.subheader("Which words stand for which?", anchor=False)
        listed = words.built_in().groups
        for role in help_words.ROLES:
            with st.expander(ROLE_NAMES[role], key=f"words_{role}", expanded=role == "leadership"):
                st.markdown("\n".join(help_words.activities(listed, role)))
        st.caption("Your own rules go before these words. What no word decides waits on Roles until you say what it is.")
        st.page_link("pages/roles.py", label="Roles: what waits", icon=":material/sell:")
if log.open:
    with log:
        st.subheader("How do you write an interruption down?", anchor=False)
        st.markdown("\n".join(f"- **{way}.** {how}" for way, how in help_words.LOGGING.items()))
        st.markdown("All ways lead into one log. What seems to stand in two of them is counted once, and you are asked.")
        st.page_link("pages/log.py", label="Log: write one down", icon=":material/edit_note:")
if days.open:
    with days:
        st.subheader("Which days, and held against what?", anchor=False)
        starts = settings_form.WEEK[view.facts.week_starts if view.facts else "monday"]
        st.markdown("\n".join(f"- {line}" for line in help_words.DAYS).format(week_starts=starts))
if verdict.open:
    with verdict:
        st.subheader("When does a hand-over hold?", anchor=False)
        st.markdown(help_words.COMPARED)
        st.markdown("\n".join(f"- **{word}**: {so}." for word, so in help_words.VERDICTS.items()))
        st.page_link(
            "pages/handing_over.py", label="Handing over: what holds", icon=":material/handshake:",
            query_params=tabs.at("handing_over", "Handed over"),
        )  # fmt: skip
if where.open:
    with where:
        st.subheader("Where does it lie?", anchor=False)
        st.markdown("On this machine, in this folder, and nowhere else. Nothing is sent anywhere.")
        st.code(str(view.db.resolve().parent), language=None)
        there = stored.files(view.db, practice_beside(view.db, is_sample=view.sample))  # what cannot be opened is told of, too
        st.markdown("\n".join(f"- `{each.name}`: {label(each.what, 300)}" for each in there) or "Nothing is stored yet.")
        st.caption("It is not encrypted: turn on the encryption of your disk, and lock your account.")
        st.subheader("What is stored of whom?", anchor=False)
        st.markdown(help_words.CLINICAL)
        st.markdown("Never stored:\n" + "\n".join(f"- {each}" for each in help_words.NEVER))
        st.subheader("How do you take it along, or erase it?", anchor=False)
        st.markdown("Data, part Privacy: see every column, take everything with you, back up, restore, and forget.")
        st.page_link(
            "pages/data.py", label="Data: what is stored", icon=":material/shield:", query_params=tabs.at("data", "Privacy")
        )
