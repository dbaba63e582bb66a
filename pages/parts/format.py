"""Numbers, days and other people's words, ready to be read; empty values become a dash.

Numbers, days and the clock are written as the practice's country does, see `country`; the examples are of no country.

Titles, topics and place texts come from strangers: anybody's invitation lands in a calendar. What they write must
never become markup: a picture in markdown is fetched, a link in a chart is clicked.
"""

from __future__ import annotations

import html
import math
import re
from datetime import date, datetime, time

from pages.parts.country import here

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NOTHING = "–"
JOINER = "\u2060"


def empty(value: object) -> bool:
    """True for None, NaN and NaT."""
    return value is None or value != value


def number(value: float | None, places: int = 1) -> str:
    """`3.5`, `52`, `-0.4`: rounded half away from zero, no trailing zeros, a true minus sign."""
    if value is None or empty(value):
        return NOTHING
    scaled = math.floor(abs(value) * 10**places + 0.5 + 1e-9) / 10**places
    text = f"{scaled:.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".").replace(".", here().decimal)
    return f"−{text}" if value < 0 and scaled else text


def short(value: float | None) -> str:
    """A number for a headline: one place below ten, whole from ten on."""
    if value is None or empty(value):
        return NOTHING
    return number(value, 1 if abs(value) < 9.95 else 0)


def hours(value: float | None) -> str:
    """`6.5 h`."""
    return NOTHING if empty(value) else f"{number(value)} h"


def exact(value: float | None) -> str:
    """`6 h 30 min`, `45 min`, `0 min`: hours as a clock counts them, to the minute."""
    if value is None or empty(value):
        return NOTHING
    minutes = math.floor(abs(value) * 60 + 0.5 + 1e-9)
    whole, rest = divmod(minutes, 60)
    words = " ".join(part for part in (f"{whole} h" if whole else "", f"{rest} min" if rest or not whole else "") if part)
    return f"−{words}" if value < 0 and minutes else words


def tight(text: str) -> str:
    """Numbers and their units kept on one line, for running text: `209 h 28 min` too."""
    return re.sub(r"(?<=\d) (?=(?:h|min|%|[AaPp]\.?[Mm]\.?)(?!\w))|(?<=\d h) (?=\d+ min\b)", "\u00a0", text)


def brief(value: float | None) -> str:
    """`1.8 h`, and below an hour `24 min`."""
    return exact(value) if value is not None and abs(value) < 1 else hours(value)


def between(low: float, high: float) -> str:
    """`1.4 to 26.8 h`, `24 to 36 min`, `24 min to 2.5 h`; one amount where both read the same."""
    least, most = brief(low), brief(high)
    if least == most:
        return most
    if least == "0 min":
        return f"0 to {most}"
    return f"{least.rsplit(' ', 1)[0]} to {most}" if (low < 1) == (high < 1) else f"{least} to {most}"


def change(value: float | None, unit: str = "h") -> str:
    """`+2 h`, `−0.5 h`, `no change`."""
    if value is None or empty(value):
        return NOTHING
    text = number(value)
    if text == "0":
        return "no change"
    return f"{text if value < 0 else '+' + text} {unit}".strip()


def percent(value: float | None) -> str:
    """`41 %` of 0.41; a share above nothing never reads 0."""
    if value is None or empty(value):
        return NOTHING
    whole = math.floor(value * 100 + 0.5 + 1e-9)
    return "<1 %" if whole == 0 and value > 0 else f"{whole} %"


def day(value: date | None, year: bool = True) -> str:
    """`26 Oct 2026`, or without its year."""
    if value is None or empty(value):
        return NOTHING
    writing = here()
    pattern = writing.day if year else writing.day_of_year
    return pattern.format(day=value.day, month=MONTHS[value.month - 1], year=value.year)


def clock(at: datetime | time) -> str:
    """`09:05`."""
    return clock_of(at.hour * 60 + at.minute)


def clock_of(minute: float) -> str:
    """`09:05` of 545 minutes since midnight, or `9:05 am` where the day is written in two halves."""
    hour, rest = divmod(int(minute), 60)
    return _clock(here().clock, hour, rest)


def full_hour(hour: int) -> str:
    """What an hour is called along an axis: `09:00`, or `9 am`."""
    writing = here()
    return _clock("{half} {period}" if writing.half_days else writing.clock, hour, 0)


def _clock(pattern: str, hour: int, minute: int) -> str:
    period = (here().half_days or ("", ""))[hour % 24 >= 12]
    return pattern.format(hour=hour, half=(hour - 1) % 12 + 1, minute=minute, period=period)


BAR_HEADS = {"day": "Day", "week": "Week of", "month": "Month", "quarter": "Quarter"}
"""What stands above the column of a trend's bars."""


def begun(value: date, grain: str) -> str:
    """What a bar of a trend is called: `26 Oct 2026` for that day or its week, `Oct 2026` for a month, `Oct – Dec 2026`."""
    if grain in ("day", "week"):
        return day(value)
    months = MONTHS[value.month - 1] + (f" – {MONTHS[value.month + 1]}" if grain == "quarter" else "")
    return f"{months} {value.year}"


def span(first: date, last: date) -> str:
    """`26 Oct – 22 Nov 2026`; the year once where it is the same, one day as one day."""
    if first == last:
        return day(first)
    return f"{day(first, first.year != last.year)} – {day(last)}"


def full_stop(said: str) -> str:
    """A sentence with one full stop, also where it ends with `p.m.`"""
    return said.removesuffix(".") + "."


def count(amount: float, one: str, many: str | None = None) -> str:
    """`1 title`, `3 titles`."""
    return f"{amount:.0f} {one if round(amount) == 1 else many or one + 's'}"


def times(amount: float) -> str:
    """`once`, `6.8 times`."""
    return "once" if number(amount) == "1" else f"{number(amount)} times"


def size(amount: int) -> str:
    """`32 bytes`, `160 kB`, `4.7 MB`: of a file, in thousands as file managers show it."""
    if amount < 1000:
        return count(amount, "byte")
    return f"{number(amount / 1000, 0)} kB" if amount < 999_500 else f"{number(amount / 1_000_000)} MB"


def in_words(names: list[str] | tuple[str, ...]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def clip(text: str, width: int) -> str:
    """At most `width` characters, cut with an ellipsis."""
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def chart_text(text: str, width: int = 60) -> str:
    """A stranger's words for Plotly, which reads HTML tags, entities and `$…$`."""
    return html.escape(clip(_flat(text), width), quote=False).replace("$", "&#36;")  # text, never within a tag: quotes stay


def label(text: str, width: int = 200) -> str:
    """A stranger's words for markdown and widget labels: punctuation escaped, addresses broken so that nothing links."""
    escaped = re.sub(r"([\\`*_{}\[\]()#+!|<>~$:&@=^])", r"\\\1", clip(_flat(text), width))
    escaped = re.sub(r"^(\d+)\.", r"\1\\.", escaped)
    escaped = re.sub(r"^-", r"\\-", escaped)
    # After the escapes are read, Streamlit still turns :name: into a picture and addresses into links.
    return re.sub(r"(?i)(\\:(?=\S)|www(?=\.)|\\@)", lambda found: found.group() + JOINER, escaped)


def _flat(text: str) -> str:
    """In one line, without what cannot be seen."""
    seen = text if text.isprintable() else "".join(mark if mark.isprintable() else " " for mark in text)
    return " ".join(seen.split())


def label_as_text(escaped: str) -> str:
    """A label as it was written, for where no markdown is read."""
    return re.sub(r"\\(.)", r"\1", escaped.replace(JOINER, ""))
