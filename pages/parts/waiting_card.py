"""One group at a time: what it is, what the page thinks and why, and a button or a key for each role."""

from __future__ import annotations

import streamlit as st
from pandas import DataFrame

from etl import filing
from etl.model import PRACTICE_WIDE
from etl.waiting import Group, Waiting, this_once
from pages.parts import doing, filed_now, steps
from pages.parts.format import clip, count, exact, label, number, percent
from pages.parts.ink import ROLE_NAMES
from pages.parts.picture import named
from pages.parts.view import View

KEYS = {role: str(number) for number, role in enumerate(filed_now.FILED_AS, 1)}
DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
MOST_TITLES = 200
_MEANT = "_meant"
"""The group that stood on the card when one of its buttons was pressed."""


def draw(view: View, now: Waiting) -> None:
    """The card of the group that is chosen: the first that is not put off."""
    later: set[str] = st.session_state.setdefault("_later", set())
    order = [g for g in now.groups if _id(g) not in later] + [g for g in now.groups if _id(g) in later]
    with st.container(border=True, key="card"):
        left, right = st.columns([3, 1], vertical_alignment="bottom")
        at = left.selectbox(
            "What is this?",
            range(len(order)),
            key=f"card_{_id(order[0])}_{len(now.groups)}",
            format_func=lambda n: _named(order[n]),
        )
        group = order[at or 0]
        if right.button("Ask me later", icon=":material/schedule:", key="later", shortcut="N"):
            later.add(_id(group))
            st.rerun()
        st.markdown(facts(group))
        _suggested(group)
        buttons = st.container(horizontal=True, key="answers")
        st.caption("Keys: 1 to 4 for a role, N for the next one, U to undo.")
        options = _options(view, group)
        # An answer is about what its page showed: where another window or a load put another group here, it is nobody's.
        meant = st.session_state.pop(_MEANT, _id(group))
        with buttons:
            suggested = group.suggestion.role if group.suggestion else ""
            for role in filed_now.FILED_AS:
                if st.button(
                    ROLE_NAMES[role], type="primary" if role == suggested else "secondary", key=f"as_{role}_{_id(group)}",
                    shortcut=KEYS[role], on_click=_mean, args=(_id(group),),
                ):  # fmt: skip
                    _answer(view, now, group, role, options)
        if meant != _id(group):
            doing.say("What waits was changed meanwhile, in another window or by a load. Nothing was answered. This is next now.")
        _titles(group)


def _mean(group: str) -> None:
    """In a callback: the button of this group was pressed."""
    st.session_state[_MEANT] = group


def facts(group: Group) -> str:
    """`310 h, 2.8 a week, mostly Tuesdays in the morning, 1 h each; on Office; at Riverside`."""
    when = [f"mostly on {DAYS[group.weekday - 1]}"] if group.weekday else []
    when += [] if group.morning is None else [f"mostly {'before' if group.morning else 'after'} noon"]
    said = [f"**{exact(group.hours)}**, {count(group.times, 'event')}"]
    if group.times > 1:
        said += [f"{number(group.times_a_week)} a week"] * (group.times_a_week >= 0.05)
        said += [*when, f"{exact(group.usual_hours)} each"]
    where = f"Calendar: {label(clip(', '.join(group.calendars), 80))}. Counted at {label(group.location)}."
    places = label(clip(group.places, 80))
    return f"{', '.join(said)}. {where}" + (f" Place: {places}{'' if places.endswith('…') else '.'}" if places else "")


def _suggested(group: Group) -> None:
    found = group.suggestion
    if found is None:
        st.markdown("Nothing speaks for one role more than for another: choose.")
        return
    why = "; ".join(label(reason, 160) for reason in found.reasons[:3])
    st.markdown(f"Probably {named(found.role)}, **{percent(found.sure)} sure**: {why}.")


def _options(view: View, group: Group) -> tuple[str, str, bool]:
    """Activity, location, and whether it is meant for these events only."""
    with st.expander("Activity, location, only this once", key="card_options"):
        left, right = st.columns(2)
        proposed = group.suggestion.activity if group.suggestion else ""
        activity = left.text_input(
            "Activity", proposed, key=f"card_activity_{_id(group)}", placeholder="vision, rota, suppliers, surgery"
        )
        place = right.selectbox(
            "Location", [*dict.fromkeys([*view.all_locations, PRACTICE_WIDE])], index=None, placeholder="as it is",
            key=f"card_location_{_id(group)}", disabled=group.kind == "calendar",
        )  # fmt: skip
        once = st.checkbox(
            "Only these events, this once: no rule for later ones", key=f"card_once_{_id(group)}",
        )  # fmt: skip
    return (activity or "").strip(), place or "", bool(once)


def _answer(view: View, now: Waiting, group: Group, role: str, options: tuple[str, str, bool]) -> None:
    activity, place, once = options
    stay = now.others_of(group.name, [group]) if group.kind == "calendar" else ()
    what = "1 answer" if role == "clinical" else _named(group, quoted=True)  # what is forgotten is named no more
    said = f"{what}: {exact(group.hours)} are {ROLE_NAMES[role].lower()}" + (" this once" if once else "")

    def step() -> filing.Step:
        answer = this_once(view.db, group, role, activity, place) if once else group.answer(role, activity, place, stay)
        return filing.file(view.db, [answer])

    if steps.take(view, said, step, on_top=False):
        st.rerun()


def _titles(group: Group) -> None:
    if group.kind == "titles" and len(group.titles) < 2:
        return
    what = "titles on this calendar that nothing else files" if group.kind == "calendar" else "titles that mean the same"
    with st.expander(f"The {len(group.titles)} {what}", key="card_titles"):
        shown = group.titles[:MOST_TITLES]
        st.dataframe(DataFrame({"Title": [title or "(no title)" for title in shown]}), hide_index=True, key="card_titles_table")
        if len(group.titles) > len(shown):
            st.caption(f"The {len(shown)} with the most hours.")
        if st.button("They do not all mean the same: ask one by one", icon=":material/call_split:", key="split"):
            filed_now.split(group)
            st.rerun()


def _named(group: Group, *, quoted: bool = False) -> str:
    """The group's own words; escaped and in quotation marks for running text."""
    if group.kind == "calendar":
        name = label(group.name, 60) if quoted else clip(group.name, 60)
        return f"{count(len(group.titles), 'title')} on “{name}” that nothing else files"
    name = (label(group.name, 60) if quoted else clip(group.name, 60)) or (
        "(forgotten title)" if group.forgotten else "(no title)"
    )
    more = f" and {len(group.titles) - 1} more" if len(group.titles) > 1 else ""
    return (f"“{name}”" if quoted else name) + more


def _id(group: Group) -> str:
    return f"{group.kind}_{group.keys[0]}_{group.name if group.kind == 'calendar' or group.apart else ''}"
