"""Roles: titles that wait for one, the most hours first; answered once, kept as rules."""

import streamlit as st
from pandas import DataFrame

from etl import changes
from etl.model import PRACTICE_WIDE
from pages.parts import data, frames, shell, titles
from pages.parts.format import count, exact, hours, label, span
from pages.parts.log_forms import attempt
from pages.parts.period import ALL

view = shell.guard()
facts = view.facts
if facts is None:
    st.title("No title waits for a role.", anchor=False)
    st.markdown("Nothing is loaded yet.")
    st.page_link("pages/start.py", label="Begin", icon=":material/waving_hand:", query_params={})
    st.stop()
waiting, open_hours = data.ask(view.db, ("titles_waiting", view.span), ("unclassified_hours", view.span | {"locations": None}))
rows = frames.records(waiting)
here = frames.first(open_hours, "hours")
st.title(
    f"{count(len(rows), 'title waits', 'titles wait')} for a role: {hours(here)}."
    if rows
    else "Every title in these days has a role.",
    anchor=False,
)
with st.container(key="lead"):
    st.markdown(
        "Give a role to the ones at the top, where the hours are; leave the rest. Each answer is kept as a rule and holds "
        "for the past and for what comes. A title filed as clinical is forgotten: only a mark stays that finds it again, "
        "since it may hold a patient's name."
    )
if exact(facts.unclassified_hours) != exact(here):
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"Over all days, {exact(facts.unclassified_hours)} wait.", width="content")
        st.button("Show all days", key="all_days", on_click=lambda: st.session_state.update(period=ALL))
if view.locations:
    st.caption("Titles of all locations are listed: many of them have none yet.")


filed = st.session_state.setdefault("filed", 0)  # the form below is a new, empty one once an answer is kept, and not before


def save(found: list[changes.Answer]) -> None:
    """Keep the answers, count anew, say what moved."""
    moved = {row["title"]: row["hours"] for row in rows}
    if attempt(lambda: changes.file_titles(view.db, found)):
        shell.done(
            f"{count(len(found), 'title')} filed, {exact(sum(moved.get(a.title, 0.0) for a in found))} of these days moved. "
            "Everything is counted anew."
        )
        st.session_state["filed"] = filed + 1
        st.rerun()


if rows:
    st.subheader("Which role has each title?", anchor=False)
    column = st.column_config
    listed = [str(row["title"]) for row in rows]
    table = DataFrame(
        {
            "Title": [title or "(no title)" for title in listed],
            "Role": "",
            "Activity": "",
            "Location": "",
            "Hours": [exact(row["hours"]) for row in rows],
            "Times": [row["times"] for row in rows],
            "Counted at": [str(row["location"]) for row in rows],
            "Calendar": [str(row["calendars"]) for row in rows],
            "Place": [str(row["places"]) for row in rows],
        }
    )
    places = list(dict.fromkeys([*view.all_locations, PRACTICE_WIDE]))
    edited = st.data_editor(
        table,
        key=f"titles_{data.stamp(view.db)}_{view.days.from_day}_{view.days.to_day}",
        hide_index=True,
        height=min(38 + 35 * len(rows), 560),
        placeholder="–",
        disabled=["Title", "Hours", "Times", "Counted at", "Calendar", "Place"],
        alt="Titles without a role, the most hours first, with a role, an activity and a location to choose for each",
        column_config={
            "Title": column.TextColumn(width="medium"),
            "Role": column.SelectboxColumn(options=list(titles.FILED_AS), width=120),
            "Activity": column.TextColumn(help="The finer kind, if you like: vision, rota, suppliers, surgery", width=120),
            "Location": column.SelectboxColumn(options=places, help="Only where this title always means one location", width=130),
            "Times": column.NumberColumn(width=70),
        },
    )
    found, roleless = titles.answers(listed, frames.records(edited))
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Save and count anew", type="primary", icon=":material/save:", disabled=not found, key="save_titles"):
            save(found)
        picked = sum(row["hours"] for row in rows if row["title"] in {a.title for a in found})
        these = span(view.days.from_day, view.days.to_day)
        st.caption(f"{count(len(found), 'title')} chosen, {exact(picked)}." if found else these, width="content")
    if roleless:
        st.caption(f"{count(roleless, 'row')} without a role: an activity or a location alone is not kept.")

    with st.expander("One at a time, without the table", key="one_title"), st.form("one_title_form", border=False):
        title = st.selectbox(
            "Title",
            listed,
            index=None,
            format_func=lambda text: text or "(no title)",
            placeholder="choose",
            key=f"one_title_{filed}",
        )
        role = st.selectbox("Role", list(titles.FILED_AS), index=None, placeholder="choose", key=f"one_role_{filed}")
        activity = st.text_input("Activity", key=f"one_activity_{filed}")
        place = st.selectbox("Location", places, index=None, placeholder="as it is", key=f"one_location_{filed}")
        if st.form_submit_button("Save this one"):
            if title is None or role is None:
                st.error("Choose a title and its role.")
            else:
                save([changes.Answer(title, titles.FILED_AS[role], (activity or "").strip(), place or "")])
else:
    st.page_link("pages/overview.py", label="Back to the Overview", icon=":material/donut_small:")
if not view.sample:
    st.caption(f"Your answers stand as rules in {label(changes.practice_file(view.db).name)}, the newest first.")
