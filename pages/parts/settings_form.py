"""The practice's settings, with suggestions from what is loaded; saved to practice.toml, and everything counted anew."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import available_timezones

import streamlit as st

from etl import changes, filing
from etl.practice import Location, Practice, parse, read
from etl.practice_checks import countries
from etl.practice_edit import days_in_words, with_settings
from pages.parts import begun, data, frames, shell, steps
from pages.parts.doing import attempt
from pages.parts.format import label
from pages.parts.view import View

WEEK = {"monday": "Monday", "sunday": "Sunday"}
SPARE_LINES = 3


def draw(view: View) -> None:
    """The form; one save for all of it."""
    stored = changes.practice_text(view.db)
    text = begun.text("practice", stored)
    practice = parse(text)
    _edited_outside(view)
    zones = _zones(view)
    if zones and practice.time_zone not in zones:
        st.info(
            f"Your calendars say {label(' and '.join(zones))}; the practice is counted in {label(practice.time_zone)}.",
            icon=":material/public:",
        )
    mark = str(hash(text))
    with st.form("practice", border=False):
        left, right = st.columns(2)
        name = left.text_input("Name of the practice", practice.name, key=f"name_{mark}")
        zone = right.selectbox(
            "Time zone", *_zone_choice(practice, zones), key=f"zone_{mark}", help="Type a city to find it. Days are counted here."
        )
        left, right = st.columns(2)
        week = left.selectbox(
            "Weeks start on", list(WEEK), list(WEEK).index(practice.week_starts), WEEK.__getitem__, key=f"week_{mark}"
        )
        target = right.number_input(
            "Leadership target, hours a week",
            0.0,
            168.0,
            practice.leadership_target,
            0.5,
            format="%g",
            placeholder="none",
            key=f"target_{mark}",
        )
        left, right = st.columns(2)
        emails = left.text_input(
            "Your mail addresses", ", ".join(practice.owner_emails), key=f"emails_{mark}",
            help="With commas between them. They tell which invitations you declined; nothing is sent anywhere.",
        )  # fmt: skip
        working = right.text_input(
            "Working hours", practice.working_hours, key=f"working_{mark}", help="For example Mon-Fri 08:00-18:00"
        )
        left, right = st.columns(2)
        codes = ["", *sorted(countries(), key=countries().__getitem__)]
        country = left.selectbox(
            "Country", codes, codes.index(practice.country), lambda code: countries().get(code, "not said"), key=f"country_{mark}"
        )
        off = right.text_input(
            "Days off", ", ".join(days_in_words(practice.days_off)), key=f"days_off_{mark}",
            placeholder="2026-12-25, 2026-12-28..2027-01-02",
            help="With commas between them. All-day events such as Vacation are days off anyway. They make a week shorter.",
        )  # fmt: skip
        locations = _locations(practice, mark)
        if st.form_submit_button("Save and count anew", key=begun.button("practice"), type="primary", icon=":material/save:"):
            if text != stored:
                st.error(begun.CHANGED)
                return
            wanted = wanted_locations(locations)
            if steps.take(view, "The practice is saved", lambda: filing.change_rules(view.db, lambda now: with_settings(
                now, name=name or "", time_zone=str(zone), week_starts=str(week), owner_emails=split_words(emails or "", ",;\n"),
                working_hours=working or practice.working_hours, leadership_target=target, locations=wanted,
                country=country or "", days_off=split_words(off or "", ",;\n"),
            ))):  # fmt: skip
                st.rerun()


def _zones(view: View) -> list[str]:
    """The time zones the calendars name."""
    if data.stamp(view.db) is None:
        return []
    (sources,) = data.ask(view.db, ("sources_list", {}))
    zones = dict.fromkeys(str(row["time_zone"]) for row in frames.records(sources) if row["time_zone"])
    return [zone for zone in zones if zone in available_timezones()]


def _zone_choice(practice: Practice, zones: Sequence[str]) -> tuple[list[str], int]:
    """All zones, those of the calendars first, and the place of the one to begin with."""
    listed = list(dict.fromkeys([*zones, practice.time_zone, *sorted(available_timezones())]))
    undecided = practice.time_zone == "UTC" and not practice.name and zones
    return listed, 0 if undecided else listed.index(practice.time_zone)


def _locations(practice: Practice, mark: str) -> list[tuple[str, str]]:
    """A line a location, its name and the other words for it, and some empty lines for more."""
    st.markdown(
        "**Locations.** A name, and the other words for it with a ; between them. To take one out, empty its name. "
        "Each save adds lines for more."
    )
    lines = []
    for place, known in enumerate([*practice.locations, *[Location("")] * SPARE_LINES], 1):
        left, right = st.columns([1, 2], gap="small")
        name = left.text_input(
            f"Location {place}", known.name, key=f"location_{place}_{mark}",
            placeholder="name of a location", label_visibility="collapsed",
        )  # fmt: skip
        words = right.text_input(
            f"Other words for location {place}", "; ".join(known.aliases), key=f"words_{place}_{mark}",
            placeholder="other words: 12 Mill Road; river side", label_visibility="collapsed",
        )  # fmt: skip
        lines.append((name or "", words or ""))
    return lines


def wanted_locations(lines: Sequence[tuple[str, str]]) -> list[Location]:
    """The locations as the form says: `lines` are (name, other words)."""
    words: dict[str, list[str]] = {}
    for name, others in lines:
        if name.strip():
            words.setdefault(name.strip(), []).extend(split_words(others))
    return [Location(name, tuple(dict.fromkeys(aliases))) for name, aliases in words.items()]


def split_words(text: str, marks: str = ";\n") -> list[str]:
    """`a; b, c` as `a` and `b, c`: an address has commas of its own. Blanks are cut, empty ones left out."""
    return [part.strip() for part in re.split(f"[{marks}]", text) if part.strip()]


def _edited_outside(view: View) -> None:
    """practice.toml was changed in an editor: offer to count by it."""
    if view.sample or not changes.changed_outside(view.db):
        return
    st.warning("practice.toml says something else than what is counted: it was changed outside this page.")
    if st.button("Count by the file", key="use_file") and attempt(lambda: count_by(view.db, changes.practice_file(view.db))):
        shell.done("Everything is counted by practice.toml as it is now.")
        st.rerun()


def count_by(db: Path, file: Path) -> None:
    """Count everything by this practice.toml. Raises Refused where the file is not right, or is no UTF-8 text."""
    changes.use_practice(db, read(file.read_bytes(), file.name).text, write_file=False)
