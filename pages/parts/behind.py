"""From a mark of a picture to the page of the hours it is made of: which filters that page is opened with.

The address says it all, so that a bookmark opens the same hours. What the shared filters hold is set as their state, since an
address cannot overrule a filter that is already drawn; the rest stands in the address alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from pages.parts import marks, way_back
from pages.parts.format import label
from pages.parts.ink import ROLE_NAMES
from pages.parts.period import bar_ends
from pages.parts.picture import MARKS, WAY, picture
from pages.parts.view import View

HOURS = "pages/hours.py"
COULD = ("yes", "not known", "no")
LEFT_BY = "_left_by"
"""Of the session: the picture by whose mark its page was left, the hours of the mark, and the address back."""


@dataclass(frozen=True, slots=True)
class Behind:
    """Which hours: where a field says nothing, all of them, as the page shows them.

    `days` are the first and the last of them; None stands for those that the page shows, as for `locations`. `was` is
    named as in the mart pulls_by_location, `topics` as the log has them; `slots` (as in "Mon 10"), `taken` and `kinds` as
    in the mart pulls_behind; `answered` stands for those that say when they were answered. `there` and `weekdays` (as in
    "Mon") are those of the mart presence: where the owner was, whatever it was about.
    """

    days: tuple[date, date] | None = None
    roles: tuple[str, ...] = ()
    locations: tuple[str, ...] | None = None
    pulls: bool = False
    was: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    could: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    answered: bool = False
    there: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()

    @property
    def cut(self) -> bool:
        """Whether these are parts of interruptions that only the mart pulls_behind tells apart."""
        return bool(self.slots or self.taken or self.kinds or self.answered)


Meaning = Callable[[Any], Behind]
"""From the `customdata` of a point to the hours it stands for."""
Words = Callable[[str, Any], str]
"""What a mark is called in a list, by what is said where the mouse rests on it and by its `customdata`."""


def opening(
    drawn: go.Figure, key: str, alt: str, view: View, page: str, means: Meaning, words: Words = lambda said, of: said
) -> None:
    """A picture of the page at the address `page` whose marks open the hours they are made of.

    The next `link` lists them for the keyboard: each by what is said where the mouse rests on it, or by `words`.
    """
    st.session_state.pop(LEFT_BY, None)
    picture(drawn, key, alt, on_select=lambda: _clicked(key, view, page, means))
    listed: dict[Behind, str] = st.session_state.setdefault(MARKS, {})
    for said, of in marks.of(drawn):
        listed.setdefault(means(of), words(said, of))


def link(key: str, view: View, page: str, behind: Behind | None = None) -> None:
    """The same without a mouse: the marks of the pictures above as a list, and a button that opens all of their hours."""
    listed: dict[Behind, str] = st.session_state.pop(MARKS, {})
    found = list(listed)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if len(found) > 1:
            st.selectbox(
                "Open the hours of", range(len(found)), index=None, key=f"mark_{key}", placeholder="choose a mark", width=480,
                format_func=list(listed.values()).__getitem__, on_change=lambda: _listed(f"mark_{key}", view, page, found),
            )  # fmt: skip
        st.button(
            "Which hours are these?",
            key=f"behind_{key}",
            icon=":material/search:",
            type="tertiary",
            on_click=lambda: go_to(view, page, behind or Behind()),
        )


def _listed(key: str, view: View, page: str, found: Sequence[Behind]) -> None:
    if (place := st.session_state[key]) is not None:
        go_to(view, page, found[place])


def _clicked(key: str, view: View, page: str, means: Meaning) -> None:
    """The second of two quick clicks comes from the page that the first one has left, and would lead back there, under the
    filters of the hours: so it goes where the first one went. A picture that is drawn anew has not been clicked yet."""
    points = st.session_state[key].selection.points
    if first := st.session_state.get(LEFT_BY, {}).get(key):
        go_to(view, page, *first)
    elif points and (of := points[0].get("customdata")) is not None:
        st.session_state[LEFT_BY] = {key: (means(of), way_back.address_of(page, view))}
        go_to(view, page, *st.session_state[LEFT_BY][key])


def go_to(view: View, page: str, behind: Behind, back: str = "") -> None:
    """In a callback: set the filters of the page of hours, which is opened as soon as the run begins; `back` leads back."""
    state = st.session_state
    address = {"back": back or way_back.address_of(page, view)}
    address |= {"kind": "interruptions"} if behind.pulls else {}
    address |= {"answered": "1"} if behind.answered else {}
    lists = {"was": behind.was, "topic": [topic_key(t) for t in behind.topics], "could": behind.could}
    lists |= {"slot": behind.slots, "taken": behind.taken, "found": behind.kinds}
    lists |= {"there": behind.there, "weekday": behind.weekdays}
    if behind.days and behind.days != (view.days.from_day, view.days.to_day):
        address |= way_back.between(*behind.days)
    if behind.locations is not None and len(view.all_locations) > 1:
        if page == "against":  # where no location can be chosen above, so that the hours take them from the address
            state.pop("at", None)
            lists["at"] = [label(name) for name in behind.locations]
        else:
            state["at"] = list(behind.locations)
    state["role"] = list(behind.roles)
    lists["role"] = [ROLE_NAMES[role] for role in behind.roles]
    state[WAY] = (HOURS, address | {name: list(values) for name, values in lists.items() if values})


def follow(sampled: bool) -> None:
    """Go where a click of just now leads."""
    if way := st.session_state.pop(WAY, None):
        page, address = way
        st.switch_page(page, query_params=address | ({"sample": "1"} if sampled else {}))


def topic_key(topic: str) -> str:
    """What stands for a topic in an address: its words might be somebody's, and browsers remember addresses."""
    return hashlib.sha256(topic.encode()).hexdigest()[:12]


def asked_for(address: Callable[[str], Sequence[str]], topics: Iterable[str], view: View, roles: Sequence[str]) -> Behind:
    """Which hours an address asks for: `address` gives the values of a name in it; `topics` are those of these days."""
    by_key = {topic_key(topic): topic for topic in topics}
    wanted = address("topic")
    was = tuple(address("was"))
    could = tuple(word for word in address("could") if word in COULD)
    found = tuple(by_key.get(key, key) for key in wanted)
    slots, taken, kinds = (tuple(address(name)) for name in ("slot", "taken", "found"))
    there, weekdays = (tuple(address(name)) for name in ("there", "weekday"))
    return Behind(
        roles=tuple(role for role in roles if role in ROLE_NAMES),
        locations=view.locations,
        pulls="interruptions" in address("kind") or bool(was or could or found or slots or taken or kinds or address("answered")),
        was=was,
        topics=found,
        could=could,
        slots=slots,
        taken=taken,
        kinds=kinds,
        answered=bool(address("answered")),
        there=there,
        weekdays=weekdays,
    )


def question(view: View, behind: Behind) -> tuple[str, dict[str, Any]]:
    """The mart of these hours, and what it is asked by."""
    first, last = behind.days or (view.days.from_day, view.days.to_day)
    days = {"from_day": first, "to_day": last, "locations": view.locations if behind.locations is None else behind.locations}
    if behind.there or behind.weekdays:
        return "presence_behind", days | {name: getattr(behind, name) or None for name in ("roles", "there", "weekdays")}
    names = ("roles", "was", "topics", "could", *(("slots", "taken", "kinds") if behind.cut else ()))
    asked = days | {name: getattr(behind, name) or None for name in names}
    return (
        ("pulls_behind", asked | {"answered": behind.answered})
        if behind.cut
        else ("hours_behind", asked | {"pulls": behind.pulls})
    )


def bar_days(view: View, begins: date) -> tuple[date, date]:
    """The days of the period that lie in the bar of a trend that begins then."""
    return max(begins, view.days.from_day), min(bar_ends(begins, view.days.grain), view.days.to_day)


def of_bar(view: View, of: Sequence[Any], location: str | None = None) -> Behind:
    """The hours of a bar of a trend, by the `customdata` of charts_week."""
    role, begins = of[-2:]
    return Behind(bar_days(view, date.fromisoformat(begins)), (role,), None if location is None else (location,))


def of_role(view: View, role: str, when: str) -> Behind:
    """The hours of a part of the average week, now or in the time before."""
    these = view.days
    if when == "before" and these.before_from and these.before_to:
        return Behind((these.before_from, these.before_to), (role,))
    return Behind(roles=(role,))


def of_fact(fact: str, location: str, view: View) -> Behind:
    """The hours behind one of the facts by which two locations are compared."""
    here = Behind(locations=(location,))
    if "nterruptions" in fact:
        was = ("with patients", *(f"with patients at {name}" for name in view.all_locations)) if "patients" in fact else ()
        return replace(here, pulls=True, was=was)
    return replace(here, roles=tuple(role for role, name in ROLE_NAMES.items() if fact.startswith(name)))


def widen() -> None:
    """In a callback: no longer interruptions alone, and all roles."""
    st.session_state["role"] = []
    for name in ("kind", "was", "topic", "could", "slot", "taken", "found", "answered", "there", "weekday"):
        if name in st.query_params:
            del st.query_params[name]
