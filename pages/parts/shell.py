"""What stands around every page: the pages on top, the sample's banner, and one plain sentence for what goes wrong."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from etl.store import default_path, sample_path
from etl.store.connection import StoreError
from pages.parts import behind, country, data, doing, help_link, sample, steps_back, style, tabs, tour, trouble
from pages.parts.doing import done as done
from pages.parts.doing import say as say
from pages.parts.format import empty, label
from pages.parts.ink import ink_of
from pages.parts.view import Facts, View

_PAGES = (
    ("start", "Start", ":material/waving_hand:"),
    ("overview", "Overview", ":material/donut_small:"),
    ("locations", "Locations", ":material/storefront:"),
    ("pulled_away", "Pulled away", ":material/notifications_active:"),
    ("day", "The day", ":material/view_timeline:"),
    ("handing_over", "Handing over", ":material/handshake:"),
    ("log", "Log", ":material/edit_note:"),
    ("hours", "Hours", ":material/search:"),
    ("roles", "Roles", ":material/sell:"),
    ("data", "Data", ":material/upload_file:"),
    ("against", "Two locations", ":material/compare_arrows:"),
    ("help", "Help", ":material/help:"),
)
_OFF_THE_BAR = ("against",)  # reached from Locations: the bar on top has room for no more
_ICON = str(Path(__file__).with_name("icon.png"))  # for an icon by name, the browser would ask a server elsewhere
_THROUGH_APP = "_through_app"
_VIEW = "_view"


def configure() -> None:
    """Title, icon and width of the page; whatever goes wrong from here on is said in a sentence."""
    trouble.take_over()
    st.set_page_config(page_title="Owner Time", page_icon=_ICON, layout="wide")


def navigation() -> Any:
    """The pages on top, each with its own address; the page of the address that was asked for."""
    pages = [
        st.Page(
            f"pages/{name}.py", title=title, icon=icon, url_path=name, default=name == "start",
            visibility="hidden" if name in _OFF_THE_BAR else "visible",
        )
        for name, title, icon in _PAGES
    ]  # fmt: skip
    st.session_state[_THROUGH_APP] = True
    return st.navigation(pages, position="top")


def guard() -> View:
    """The first line of every page: what to show.

    When the first address after a start is a page's own, Streamlit runs that file alone, without app.py; then
    this tells it of all pages and starts over.
    """
    if not st.session_state.pop(_THROUGH_APP, False) or _VIEW not in st.session_state:
        configure()
        navigation()
        st.session_state.pop(_THROUGH_APP)
        st.rerun()
    view: View = st.session_state[_VIEW]
    return view


def dress() -> None:
    """The page's own style, and what Back and Forward pass."""
    st.html(style.css())
    steps_back.mend()


def practice_shown(page: Any) -> View:
    """The owner's practice, or the sample where the address or the session says so; sends an empty program to Start.

    A first visit to the bare address goes to Overview when there is something to see.
    """
    sampled = sample.wanted()
    behind.follow(sampled)
    db = sample_path() if sampled else default_path()
    if sampled:
        sample.banner()
        sample.build_if_due(db)
    doing.take_back()
    ink = ink_of(st.context.theme.type)
    opening = contextlib.nullcontext() if st.session_state.get("_visited") else st.spinner("Opening what is stored …")
    try:
        with opening:  # at first it may have to be brought up to date
            facts = facts_of(db)
    except StoreError:
        if page.title != "Help":  # which says where the file is, now that it cannot be opened
            raise
        facts = None
    country.write_as(country.of(facts) if facts else country.WORLD)
    view = View(db, sampled, ink, facts if facts and facts.loaded else None)
    first_visit = not st.session_state.get("_visited", False)
    st.session_state["_visited"] = True
    if view.facts is None and page.title in ("Overview", "Locations", "Two locations", "Pulled away", "The day"):
        st.switch_page("pages/start.py", query_params={"sample": "1"} if sampled else {})
    tour.draw(page.title, sampled)
    if view.facts is not None and first_visit and page.title == "Start" and not tour.on():
        st.switch_page("pages/overview.py", query_params=st.query_params.to_dict())
    return view


def filtered(page: Any) -> bool:
    """Whether days and locations mean anything on this page, or on the part of it that is open."""
    if page.title == "Data":
        return bool(tabs.asked("data") & {"Log", "What was left out"})
    return bool(page.title not in ("Start", "Log", "Roles", "Help"))  # what waits, waits on all days


def placed(page: Any) -> bool:
    """Whether the filter of locations means anything on this page: one about two of them has its own."""
    return bool(page.title != "Two locations")


def show(view: View, chosen: View, title: str) -> None:
    """Hand the filtered view to the page, below its help, what was just done and the practice's notice where there is one."""
    st.session_state[_VIEW] = chosen
    data.shown(view.db)
    help_link.row(view, title)
    doing.draw()
    for line in view.facts.notice.splitlines() if view.facts else ():
        st.warning(label(line, 600), icon=":material/info:")


def facts_of(db: Path) -> Facts | None:
    """The practice as stored; None where nothing is."""
    if data.stamp(db) is None:
        return None
    row = data.ask(db, ("practice", {}))[0].iloc[0]
    return Facts(
        name=str(row["name"] or ""),
        time_zone=str(row["time_zone"]),
        week_starts=str(row["week_starts"]),
        leadership_target=None if empty(row["leadership_target"]) else float(row["leadership_target"]),
        covered_from=_day(row["covered_from"]),
        covered_to=_day(row["covered_to"]),
        log_first_day=_day(row["log_first_day"]),
        log_last_day=_day(row["log_last_day"]),
        calendar_last_day=_day(row["calendar_last_day"]),
        today=row["today"].date(),
        sources=int(row["sources"]),
        calendars=int(row["calendars"]),
        logs=int(row["logs"]),
        unclassified_hours=0.0 if empty(row["unclassified_hours"]) else float(row["unclassified_hours"]),
        notice=str(row["notice"] or ""),
        country=str(row["country"] or ""),
    )


def _day(value: Any) -> date | None:
    return None if empty(value) else value.date()


@contextlib.contextmanager
def plain_errors() -> Iterator[None]:
    """Nothing that goes wrong reaches the page as more than a sentence and a way on; see `trouble`."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whatever it is, its message may hold a title
        trouble.tell(error)
