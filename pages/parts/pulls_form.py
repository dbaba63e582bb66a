"""What makes an event an interruption, and what the log needs to know of each location; saved to practice.toml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from etl import changes, filing
from etl.model import LEAST_MINUTES, MOST_MINUTES
from etl.practice import Location, parse
from etl.practice_checks import folded
from etl.practice_edit import with_interruptions
from pages.parts import begun, data, frames, steps
from pages.parts.format import clip, label
from pages.parts.settings_form import split_words
from pages.parts.view import View


def draw(view: View) -> None:
    """The form; one save for all of it."""
    stored = changes.practice_text(view.db)
    text = begun.text("pulls", stored)
    practice = parse(text)
    mark = str(hash(text))
    logs = [each.name for each in practice.calendars if each.kind == "interruptions"]
    names = _calendars(view, [each.name for each in practice.calendars])
    with st.form("pulls", border=False):
        left, right = st.columns(2)
        marker = left.text_input(
            "Sign that begins the title of an interruption", practice.marker, key=f"marker_{mark}", placeholder="none",
            help="With ? an event “? Riverside, supplier order, front desk” in your calendar is an interruption and no plan.",
        )  # fmt: skip
        minutes = right.number_input(
            "Usual length of an interruption, minutes", LEAST_MINUTES, float(MOST_MINUTES), practice.usual_minutes, 1.0,
            format="%g", key=f"usual_{mark}", help="Taken for strokes of a tally and for entries without a length.",
        )  # fmt: skip
        chosen = st.multiselect(
            "Calendars that hold nothing but interruptions",
            names,
            logs,
            format_func=lambda each: clip(each, 60),
            key=f"logs_{mark}",
        )
        locations = [_location(location, nth, mark) for nth, location in enumerate(practice.locations)]
        if st.form_submit_button("Save and count anew", key=begun.button("pulls"), icon=":material/save:"):
            if text != stored:
                st.error(begun.CHANGED)
                return
            wanted = [replace(old, phones=phones, open=hours, team=team) for old, hours, team, phones in locations]
            if steps.take(view, "It is saved", lambda: filing.change_rules(view.db, lambda now: with_interruptions(
                now, marker=marker or "", usual_minutes=float(minutes or practice.usual_minutes), logs=chosen, locations=wanted
            ))):  # fmt: skip
                st.rerun()


def _calendars(view: View, named: Sequence[str]) -> list[str]:
    """The calendars that are loaded, and those that the practice names."""
    if data.stamp(view.db) is None:
        return list(named)
    rows = frames.records(data.ask(view.db, ("sources_list", {}))[0])
    loaded = [str(row["name"]) for row in rows if row["kind"] == "calendar"]
    return list({folded(name): name for name in [*loaded, *named]}.values())


def _location(location: Location, nth: int, mark: str) -> tuple[Location, str, int | None, tuple[str, ...]]:
    st.markdown(f"**{label(location.name)}**")
    first, second, third = st.columns([3, 1, 3], gap="small")
    hours = first.text_input(
        "Open", location.open, key=f"open_{nth}_{mark}", placeholder="as the working hours: Mon-Fri 08:00-18:00"
    )
    team = second.number_input("Team", 1, 100_000, location.team, 1, key=f"team_{nth}_{mark}", placeholder="people")
    phones = third.text_input(
        "Telephone numbers", "; ".join(location.phones), key=f"phones_{nth}_{mark}", placeholder="with ; between them",
        help="They tell which location a call came from, in the list of a telephone system. A number that is no "
        "location's is never stored.",
    )  # fmt: skip
    return location, hours or "", None if team is None else int(team), tuple(split_words(phones or ""))
