"""How a country writes numbers, days and the clock, by Unicode CLDR; the words stay English."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.core import get_global

_WORDS = {"d": "{day}", "dd": "{day:02}", "MMM": "{month}", "y": "{year}"}
_WORDS |= {"H": "{hour}", "HH": "{hour:02}", "h": "{half}", "hh": "{half:02}", "mm": "{minute:02}", "a": "{period}"}
_MOMENT = {"d": "D", "dd": "DD", "y": "YYYY", "yy": "YYYY"}
_FIELD = {"d": "DD", "M": "MM", "y": "YYYY"}


@dataclass(frozen=True, slots=True)
class Writing:
    """What is put together in `format`: patterns with places for {day}, {month} and {year}, {hour} or {half}, {minute}.

    `half_days` are what stands behind an hour of the first and of the second half of the day, None with a clock of 24 hours.
    The last four are as Streamlit takes them: the clock of a time field, a moment in a table (moment.js) with its year and
    without, a day in a date field.
    """

    decimal: str = "."
    day: str = "{day} {month} {year}"
    day_of_year: str = "{day} {month}"
    clock: str = "{hour:02}:{minute:02}"
    half_days: tuple[str, str] | None = None
    time_field: Literal["12h", "24h"] = "24h"
    column: str = "D MMM YYYY, HH:mm"
    column_of_year: str = "D MMM, HH:mm"
    field: str = "YYYY-MM-DD"


WORLD = Writing()
"""Where nobody knows the country: nothing in it can be read in two ways."""


@lru_cache(maxsize=64)
def writing_of(country: str) -> Writing:
    """Of a country by its two letters: as its English does or, where CLDR has none, as its first language but for the words.

    Days in numbers go by the first language: nobody in Germany writes 26/10/2026.
    """
    first = _locale(get_global("likely_subtags").get(f"und_{country}", ""), country)
    own = _locale(f"en_{country}", country) or first
    if own is None:
        return WORLD
    first = first or own  # CLDR leaves out what is English anyway
    english = own if own.language == "en" else Locale.parse("en_001")
    halves = "h" in own.time_formats["short"].pattern
    clock = (english if halves else own).time_formats["short"].pattern.replace("\u202f", " ")
    day = english.datetime_skeletons["yMMMd"].pattern
    words = english.day_periods["format"]["abbreviated"]
    half_days = (words["am"], words["pm"]) if halves else None
    of_year = english.datetime_skeletons["MMMd"].pattern
    at = clock.replace("a", "A") if words["am"].isupper() else clock
    return Writing(
        decimal=own.number_symbols["latn"]["decimal"],
        day=_filled(day, _WORDS),
        day_of_year=_filled(of_year, _WORDS),
        clock=_filled(clock, _WORDS),
        half_days=half_days,
        time_field="12h" if halves else "24h",
        column=f"{_filled(day, _MOMENT)}, {at}",
        column_of_year=f"{_filled(of_year, _MOMENT)}, {at}",
        field=_field(first.date_formats["short"].pattern),
    )


def _locale(named: str, country: str) -> Locale | None:
    """None where CLDR has no such language in this country: Babel gives another country's then."""
    with contextlib.suppress(UnknownLocaleError, ValueError):
        found = Locale.parse(named)
        return found if found.territory == country else None
    return None


def _filled(pattern: str, by: dict[str, str]) -> str:
    """A pattern of CLDR in other letters."""
    return re.sub(r"[A-Za-z]+", lambda found: by.get(found.group(), found.group()), pattern)


def _field(pattern: str) -> str:
    """The order and the sign of a short day, in what Streamlit takes; the default where a language writes it otherwise."""
    order = re.sub(r"[^dMy]", "", re.sub(r"([dMy])\1*", r"\1", pattern))
    sign = next((mark for mark in "/.-" if mark in pattern), "")
    return sign.join(_FIELD[letter] for letter in order) if order in ("dMy", "Mdy", "yMd") and sign else WORLD.field


@lru_cache(maxsize=64)
def country_of(time_zone: str) -> str:
    """The two letters of the country a time zone is named in; "" for UTC and its like."""
    zones = resources.files("tzdata") / "zoneinfo"
    rows = (line.split("\t") for line in (zones / "zone.tab").read_text("utf-8").splitlines() if not line.startswith("#"))
    by_zone = {row[2]: row[0] for row in rows}
    if time_zone in by_zone:
        return by_zone[time_zone]
    # An older name, such as US/Eastern, is a link to the one of today.
    links = (line.split() for line in (zones / "tzdata.zi").read_text("utf-8").splitlines() if line.startswith("L "))
    return by_zone.get({name: today for _, today, name in links}.get(time_zone, ""), "")
