"""Data: files in, the log, what is loaded, what was left out, the practice's settings, what is stored of whom."""

import streamlit as st

from pages.parts import (
    last_load,
    left_out,
    load_files,
    log_desk,
    log_table,
    privacy,
    pulls_form,
    sample,
    sentences,
    settings_form,
    shell,
    sources_table,
    states,
    tabs,
)

view = shell.guard()
facts = view.facts
stored = shell.facts_of(view.db)
st.title(sentences.loaded(stored.calendars, stored.logs) if stored else sentences.loaded(0, 0), anchor=False)
files, log, loaded, omitted, practice, stored_tab = tabs.of(
    "data", ("Files", "Log", "What is loaded", "What was left out", "Practice", "Privacy")
)
if files.open:
    with files:
        st.subheader("Which files shall be counted?", anchor=False)
        if view.sample:
            st.markdown("The sample takes no files: your own practice has its own place. Leave the sample to load yours.")
            st.button("Leave the sample and load my files", key="leave_to_load", on_click=sample.leave)
        else:
            st.markdown("A newer export of a calendar takes the place of the older one; nothing is counted twice.")
            load_files.upload(view.db, on_data=True)
            st.page_link("pages/start.py", label="How to export a calendar", icon=":material/help:", query_params={})
if log.open:
    with log:
        st.subheader("Is the log right?", anchor=False)
        st.page_link("pages/log.py", label="Write one down", icon=":material/edit_note:", query_params={})
        if facts:
            log_desk.carry_out(view)
            # Up to today, so that what was just written down is there.
            log_table.table(view, view.all_locations, view.days.from_day, max(view.days.to_day, facts.today))
        else:
            states.ways("log")
if loaded.open:
    with loaded:
        st.subheader("What is loaded, and how far does it reach?", anchor=False)
        if stored:
            last_load.draw(view)
            sources_table.draw(view)
        else:
            states.ways("loaded")
if omitted.open:
    with omitted:
        st.subheader("From your calendars to the counted hours: what was left out?", anchor=False)
        if facts:
            left_out.draw(view)
        else:
            states.ways("omitted")
if tabs.stays("data", practice):
    with practice:
        st.subheader("What is your practice?", anchor=False)
        settings_form.draw(view)
        st.subheader("What interrupts you, and when is each location open?", anchor=False)
        pulls_form.draw(view)
        st.page_link(
            "pages/roles.py",
            label="Places that wait for a location",
            icon=":material/place:",
            query_params=tabs.at("roles", "Places"),
        )
if stored_tab.open:
    with stored_tab:
        privacy.draw(view)
