"""Hours: the events and interruptions that any hours of a picture are made of, why they count so, and their correction."""

import streamlit as st

from pages.parts import behind, data, frames, hours_words, shell
from pages.parts.format import exact
from pages.parts.ink import ROLE_NAMES

MOST = 1000
"""How many events the list to choose from holds: a longer one is slow, and nobody scrolls it."""

view = shell.guard()
if view.facts is None:
    st.title("No hours are counted yet.", anchor=False)
    st.page_link("pages/start.py", label="Begin", icon=":material/waving_hand:", query_params={})
    st.stop()
heading = st.container()
roles = st.pills(
    "Roles", list(ROLE_NAMES), selection_mode="multi", key="role", bind="query-params",
    format_func=ROLE_NAMES.__getitem__, label_visibility="collapsed", wrap=True,
)  # fmt: skip
wanted = st.query_params.get_all
topics = frames.names(data.ask(view.db, ("hand_over_topics", view.where))[0], "topic") if wanted("topic") else []
asked = behind.asked_for(wanted, topics, view, roles or ())
(found,) = data.ask(view.db, ("hours_behind", behind.parameters(view, asked)))
rows = frames.records(found)
with heading:
    st.title(hours_words.heading(rows, asked, view.days), anchor=False)
    back = st.query_params.get("back", "overview")
    st.button(
        f"Back to {behind.ORIGINS[behind.read_back(back)[0]]}", key="back_to", icon=":material/arrow_back:", type="tertiary",
        on_click=lambda: behind.go_back(back),
    )  # fmt: skip
if only := hours_words.narrowed(asked):
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(only, width="content")
        st.button("Show all hours of these days", key="all_hours", type="tertiary", on_click=behind.widen)
if not rows:
    st.markdown("Nothing is counted here. Choose other days, roles or locations above.")
    st.stop()

# Which events
st.caption(
    "The most hours first. Choose a row to see why it counts as it does, and to correct it. "
    "Only what counts in these days is added up: an event that others took minutes from counts less than its length."
)
places = {hours_words.item(row): place for place, row in enumerate(rows)}
chosen = st.query_params.get("event", "")
nth = st.session_state.setdefault("hours_table", 0)


def picked_in_table() -> None:
    """A row of the table was chosen, or let go."""
    picked = st.session_state[f"hours_{nth}"].selection.rows
    behind.choose(hours_words.item(rows[picked[0]]) if picked else "")


def picked_in_list() -> None:
    """An event of the list was chosen; the table is a new one, with its row marked."""
    st.session_state["hours_table"] = nth + 1
    behind.choose(st.session_state["which_event"] or "")


st.dataframe(
    hours_words.table(rows),
    key=f"hours_{nth}",
    hide_index=True,
    height=min(38 + 35 * len(rows), 420),
    on_select=picked_in_table,
    selection_mode="single-row",
    selection_default={"selection": {"rows": [places[chosen]]}} if chosen in places else None,
    alt="The events these hours are made of, the most hours first",
    column_config={
        "Counts here": st.column_config.TextColumn(width=110),
        "Start": st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm", width=150),
        "Title": st.column_config.TextColumn(width="medium"),
    },
)
st.caption(f"Together {exact(sum(row['seconds'] for row in rows) / 3600)}.")
listed = list(places)[:MOST]
st.session_state["which_event"] = chosen if chosen in listed else None
st.selectbox(
    "Which event?", listed, key="which_event", index=None, placeholder="choose, or click a row above", width=640,
    format_func=lambda key: hours_words.option(rows[places[key]]), on_change=picked_in_list,
)  # fmt: skip
if len(rows) > MOST:
    st.caption(f"The list holds the first {MOST} of them; choose fewer days for the others.")
