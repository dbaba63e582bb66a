"""A guess at which column of a table of appointments says what: from the words of the header and the look of the cells."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import time

from etl.extract.dates import BadCell, parse_minutes, parse_time, split_moment

MOMENT, DATE, TIME, NUMBER, TEXT = "moment", "date", "time", "number", "text"

_PARTS = (  # what its cells look like, and the words of its header, the likeliest first
    ("end", (MOMENT, TIME), "end ends finish finished finishes until stop to out"),
    ("minutes", (NUMBER, TIME), "minutes mins min duration length"),
    ("start", (MOMENT,), "start starts begin begins from time scheduled appointment appt date when in"),
    ("start", (TIME,), "start starts begin begins from time scheduled appointment appt when in"),
    ("date", (DATE,), "date day when"),
    (
        "provider",
        (TEXT,),
        "provider doctor dr vet veterinarian dentist clinician physician practitioner hygienist staff resource",
    ),
    ("status", (TEXT,), "status state outcome"),
    ("place", (TEXT,), "location site clinic branch surgery place room"),
    ("title", (TEXT,), "reason type title subject service procedure treatment appointment description"),
)
_NONE_OF_THEM = "birth dob born created booked entered modified patient client owner pet phone mobile email mail"


def is_dated(names: Sequence[str], sample: Sequence[Sequence[str]]) -> bool:
    """Whether it looks like a table of appointments: its header is one, and a column holds dates."""
    headless = any(_kind([name]) in (DATE, MOMENT) for name in names)
    return not headless and sum(map(bool, names)) > 1 and any(kind in (DATE, MOMENT) for kind in _kinds(names, sample))


def guess(names: Sequence[str], sample: Sequence[Sequence[str]]) -> dict[str, str]:
    """Names of columns by part of a CsvShape; a part that nothing speaks for is left out."""
    free = {name: kind for name, kind in zip(names, _kinds(names, sample), strict=True) if name}
    found: dict[str, str] = {}
    dated = False
    for part, looks, words in _PARTS:
        # Minutes stand in for an end, and a date is apart only from a time alone.
        if part in found or (part == "minutes" and "end" in found) or (part == "date" and dated):
            continue
        likely = [
            (words.split().index(word), name)
            for name, kind in free.items()
            if kind in looks and not set(_NONE_OF_THEM.split()) & set(_words(name))
            for word in _words(name)
            if word in words.split()
        ]
        if likely:
            found[part] = min(likely)[1]
            dated = dated or (part, free.pop(found[part])) == ("start", MOMENT)
    return found


def _words(name: str) -> list[str]:
    return re.findall(r"[a-z]+", name.casefold())


def _kinds(names: Sequence[str], sample: Sequence[Sequence[str]]) -> list[str]:
    return [_kind([cells[at] for cells in sample if at < len(cells)]) for at in range(len(names))]


def _kind(cells: Sequence[str]) -> str:
    """What most of the cells that say something look like."""
    kinds = Counter(_look(cell.strip()) for cell in cells if cell.strip())
    return kinds.most_common(1)[0][0] if kinds else TEXT


def _look(cell: str) -> str:
    day, clock = split_moment(cell)
    try:
        at = parse_time(clock)
    except BadCell:
        if day:
            return DATE if not clock else TEXT
    else:
        return TIME if not day else DATE if at == time(0) else MOMENT
    try:
        parse_minutes(cell)
    except BadCell:
        return TEXT
    return NUMBER
