"""Start: what this is, the first upload, the sample, and how to get an export out of each calendar."""

import streamlit as st

from pages.parts import export_help, load_files, sample, shell, tour

view = shell.guard()
st.title("See where your hours go.", anchor=False)
with st.container(key="lead"):
    st.markdown(
        "Owner Time reads your calendar exports and a log of interruptions, and shows how many of your hours are "
        "leadership, management and clinical work, at each location. It shows what pulled you away, and which of it does "
        "not need you. Everything stays on this machine: nothing is sent anywhere."
    )
left, right = st.columns([3, 2], gap="large")
with left:
    st.subheader("Have you got an export?", anchor=False)
    if view.sample:
        st.markdown("You are looking at the sample practice. Leave it to load your own files.")
    else:
        load_files.upload(view.db)
with right:
    st.subheader("Or look around first?", anchor=False)
    st.markdown(
        "An invented veterinary group with four locations and half a year of an owner's calendar. It has its own file; "
        "nothing of it mixes with yours."
    )
    if view.sample:
        st.page_link("pages/overview.py", label="See its Overview", icon=":material/donut_small:", query_params={"sample": "1"})
    else:
        st.button("Look around with the sample practice", icon=":material/science:", key="enter_sample", on_click=sample.enter)
    if not tour.on():
        st.button("Show me around in five steps", icon=":material/tour:", key="begin_tour", on_click=tour.begin)
st.subheader("How do you export your calendar?", anchor=False)
export_help.draw()
