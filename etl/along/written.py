"""Numbers and days as the coach's page writes them: as the pages of the dashboard do."""

import math
from dataclasses import dataclass
from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NOTHING = "–"
TIGHT = "\u00a0"
"""Keeps a number and its unit on one line."""


@dataclass(frozen=True, slots=True)
class Pen:
    """How a country writes: `decimal` is its sign between whole and parts, `a_day` has places for {day}, {month} and {year}."""

    decimal: str = "."
    a_day: str = "{day} {month} {year}"

    def number(self, value: float | None, places: int = 1) -> str:
        """`3.5`, `52`, `−0.4`: rounded half away from zero, no trailing zeros."""
        if value is None:
            return NOTHING
        scaled = math.floor(abs(value) * 10**places + 0.5 + 1e-9) / 10**places
        text = f"{scaled:.{places}f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".").replace(".", self.decimal)
        return f"−{text}" if value < 0 and scaled else text

    def hours(self, value: float | None) -> str:
        """`6.5 h`, and below an hour `24 min`."""
        if value is None:
            return NOTHING
        minutes = math.floor(abs(value) * 60 + 0.5 + 1e-9)
        sign = "−" if value < 0 and minutes else ""
        return f"{sign}{minutes}{TIGHT}min" if minutes < 60 else f"{self.number(value)}{TIGHT}h"

    def change(self, value: float | None) -> str:
        """`+2 h`, `−0.4 h`, `no change`."""
        said = self.number(value)
        if value is None or said == "0":
            return NOTHING if value is None else "no change"
        return f"{said if value < 0 else '+' + said}{TIGHT}h"

    def between(self, low: float, high: float) -> str:
        """`24 min to 2.5 h`, `5 to 11 min`; one amount where both read the same."""
        (least, unit), (_, same) = self.hours(low).split(TIGHT), self.hours(high).split(TIGHT)
        most = self.hours(high)
        if self.hours(low) == most:
            return most
        return f"{least} to {most}" if unit == same or least == "0" else f"{least}{TIGHT}{unit} to {most}"

    def short(self, value: float) -> str:
        """A number for a headline: one place below ten, whole from ten on."""
        return self.number(value, 1 if abs(value) < 9.95 else 0)

    def percent(self, value: float | None) -> str:
        """`41 %` of 0.41; a share above nothing never reads 0."""
        if value is None:
            return NOTHING
        whole = math.floor(value * 100 + 0.5 + 1e-9)
        return f"<1{TIGHT}%" if whole == 0 and value > 0 else f"{whole}{TIGHT}%"

    def label(self, text: str) -> str:
        """Somebody's words as they are: what is put into a page is escaped there."""
        return text

    def day(self, value: date | None) -> str:
        """`26 Oct 2026`."""
        return NOTHING if value is None else self.a_day.format(day=value.day, month=MONTHS[value.month - 1], year=value.year)

    def span(self, first: date, last: date) -> str:
        """`26 Oct 2026 to 22 Nov 2026`; one day as one day."""
        return self.day(first) if first == last else f"{self.day(first)} to {self.day(last)}"


PLAIN = Pen()
"""Where nobody knows the country: nothing in it can be read in two ways."""


def count(amount: float, one: str) -> str:
    """`1 topic`, `3 topics`."""
    return f"{amount:.0f} {one if round(amount) == 1 else one + 's'}"


def joined(names: tuple[str, ...]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
