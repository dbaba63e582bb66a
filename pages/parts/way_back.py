"""Back from the page of hours: the page that was left, with its filters, as an address."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qs, urlencode

import streamlit as st

from pages.parts.period import AGAINST, BEFORE, BETWEEN, DEFAULT, FURTHEST, PRESETS
from pages.parts.picture import WAY
from pages.parts.view import View

SHARED = ("period", "ago", "against", "from", "to", "at")
"""The filters above every page, by their names in the address."""
OWN = {"locations": ("sorted",), "against": ("one", "other")}
"""What else a page has in its address, by the page."""
ORIGINS = {
    "overview": "Overview", "locations": "Locations", "against": "Two locations", "pulled_away": "Pulled away", "day": "The day",
}  # fmt: skip
"""Pages with pictures that open here, by their address, and their titles."""


def go_back(text: str) -> None:
    """In a callback: back to the page and the filters of an address as `address_of` made it."""
    page, asked = read(text)
    address = {}
    if "from" in asked and "to" in asked:
        address = between(*(date.fromisoformat(asked[name][0]) for name in ("from", "to")))
    else:
        preset = asked.get("period", [DEFAULT])[0]
        st.session_state["period"] = preset if preset in PRESETS else DEFAULT
        st.session_state["ago"] = int(asked.get("ago", ["0"])[0])
    against = asked.get("against", [BEFORE])[0]
    st.session_state["against"] = against if against in AGAINST else BEFORE
    st.session_state["at"] = asked.get("at", [])
    address |= {name: asked[name][0] for name in OWN.get(page, ()) if name in asked}
    st.session_state[WAY] = (f"pages/{page}.py", address)


def address_of(page: str, view: View) -> str:
    """`locations?period=13+weeks&at=North`: a page with its shared filters."""
    these = view.days
    preset = st.session_state.get("period") or DEFAULT
    asked: list[tuple[str, str]] = [("period", preset)] * (preset != DEFAULT)
    asked += [("ago", str(these.ago))] * (these.ago > 0) + [("against", these.against)] * (these.against != BEFORE)
    if preset == BETWEEN:
        asked += [("from", these.from_day.isoformat()), ("to", these.to_day.isoformat())]
    asked += [("at", name) for name in view.locations or ()]
    asked += [(name, str(st.session_state[name])) for name in OWN.get(page, ()) if st.session_state.get(name)]
    return f"{page}?{urlencode(asked)}" if asked else page


def read(text: str) -> tuple[str, dict[str, list[str]]]:
    """The page and the filters of such an address; Overview where it names no page with pictures."""
    page, _, query = text.partition("?")
    asked = parse_qs(query)
    for name in ("from", "to"):
        if name in asked and not _is_day(asked[name][0]):
            del asked[name]
    if "ago" in asked and not (re.fullmatch("[0-9]{1,9}", asked["ago"][0]) and int(asked["ago"][0]) <= FURTHEST):
        del asked["ago"]
    page = page if page in ORIGINS else "overview"
    return page, {name: asked[name] for name in (*SHARED, *OWN.get(page, ())) if name in asked}


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def between(first: date, last: date) -> dict[str, str]:
    """In a callback: set the shared period to these days; what of them has to stand in the address.

    A field that is drawn already takes its state, one that is not yet takes the address.
    """
    state, days = st.session_state, {"from": first, "to": last}
    drawn = state.get("period") == BETWEEN
    state["period"], state["ago"] = BETWEEN, 0
    for name, day in days.items():
        if drawn:
            state[name] = day
        else:
            state.pop(name, None)
    return {} if drawn else {name: day.isoformat() for name, day in days.items()}
