"""What a calendar says of its events beside their times: identity, words and standing.

Descriptions, alarms, attachments, organizers and the people invited never leave the file's bytes, but for whether the
owner declined.
"""

import hashlib

import numpy as np

from etl.clock import Ints
from etl.columns import STATUSES, Text
from etl.extract import value
from etl.extract.cells import Cells

LONGEST_TEXT = 2_000
UNREADABLE = "a line that cannot be read is left out"
CUT = f"a text of more than {LONGEST_TEXT:,} characters is cut"
FOREIGN = "the words of an event are not UTF-8 text; letters may look wrong"


def texts(cells: Cells) -> tuple[list[Text], Ints]:
    """Titles, places and categories, each combination of them once, and the number of that of each event."""
    columns = [_coded(cells.column(name)) for name in (b"SUMMARY", b"LOCATION", b"CATEGORIES")]
    pairs, pair = np.unique(columns[0][1] * len(cells) + columns[1][1], return_inverse=True)  # numbers of both in one
    kinds, code = np.unique(pair * len(cells) + columns[2][1], return_inverse=True)
    found = []
    faults: dict[str, list[int]] = {}
    for number, kind in enumerate(kinds.tolist()):
        title_and_place, categories_of = divmod(kind, len(cells))
        of = (*divmod(int(pairs[title_and_place]), len(cells)), categories_of)
        said = [values[number_of] for (values, _), number_of in zip(columns, of, strict=True)]
        wrong: set[str] = set()
        title, place = (value.text_of(_held(lines.split(b"\n")[0], wrong)) for lines in said[:2])
        categories = [one for line in said[2].split(b"\n") for one in value.texts_of(_held(line, wrong))]
        found.append(Text(title, place, tuple(categories)))
        for what in wrong:
            faults.setdefault(what, []).append(number)
    for what, numbers in faults.items():
        cells.say(np.isin(code, numbers), what)
    return found, code


def _coded(column: list[bytes]) -> tuple[list[bytes], Ints]:
    """The distinct values of a column, and the number of that of each row."""
    if not any(column):
        return [b""], np.zeros(len(column), np.int64)
    codes: dict[bytes, int] = {}
    code = np.array([codes.setdefault(each, len(codes)) for each in column], np.int64)
    return list(codes), code


def _held(line: bytes, wrong: set[str]) -> str:
    """The value of a line, cut to what a title can be; what is wrong with it is added to `wrong`."""
    if not line:
        return ""
    _, held = value.split(line) or ({}, None)
    wrong |= {FOREIGN} if not value.is_utf8(line) else set()
    wrong |= {UNREADABLE} if held is None else {CUT} if len(held) > LONGEST_TEXT else set()
    return (held or "")[:LONGEST_TEXT]


def uids(cells: Cells, contents: Ints, said: list[Text], text: Ints) -> tuple[list[bytes], Ints]:
    """The UIDs, each once, and the number of that of each event. One without is known by what it holds, whenever it is
    loaded: `contents` are its start and its end, `said[text]` its words."""
    row, at = cells.first_of(b"UID")
    plain = cells.lines.plain(at, len(b"UID"))
    found = cells.lines.text(at, len(b"UID:")) if len(row) == len(cells) else [b""] * len(cells)
    for place, line in zip(row[~plain].tolist(), cells.lines.text(at[~plain]), strict=True):
        found[place] = line.partition(b":")[2].strip()
    if len(row) < len(cells):
        for place, uid in zip(row[plain].tolist(), cells.lines.text(at[plain], len(b"UID:")), strict=True):
            found[place] = uid
    for place in [place for place, uid in enumerate(found) if not uid]:
        held = f"{contents[:, place].tolist()}{said[text[place]]}"
        found[place] = b"content-" + hashlib.sha256(held.encode("utf-8", "replace")).hexdigest()[:32].encode()
    return _coded(found)


def statuses(cells: Cells) -> Ints:
    """The number of each event's status in STATUSES."""
    cancelled = cells.says(b"STATUS", b"CANCELLED")
    cancelled |= np.isin(cells.home, [home for home, own in cells.homes.items() if own.cancelled])
    free = cells.says(b"TRANSP", b"TRANSPARENT") | cells.says(b"X-MICROSOFT-CDO-BUSYSTATUS", b"FREE")
    declined = np.zeros(len(cells), bool)
    declined[_declined(cells)] = True
    away = cells.says(b"X-MICROSOFT-CDO-BUSYSTATUS", b"OOF")
    return np.select([cancelled, declined, free, away], range(1, len(STATUSES)), 0)


def _declined(cells: Cells) -> list[int]:
    """The events that their owner declined."""
    row, at = cells.all_of(b"ATTENDEE")
    if not any(home.owners for home in cells.homes.values()) or not cells.lines.any_with(at, b"PARTSTAT=DECLINED"):
        return []
    found = []
    for place, line in zip(row.tolist(), cells.lines.text(at), strict=True):
        params, held = value.split(line) or ({}, "")
        addresses = {held.lower().removeprefix("mailto:").strip(), params.get("EMAIL", "").lower()}
        if params.get("PARTSTAT", "").upper() == "DECLINED" and addresses & cells.homes[int(cells.home[place])].owners:
            found.append(place)
    return found


def sequences(cells: Cells, rows: Ints) -> Ints:
    """The SEQUENCE of each event, -1 where it has none or is none of these."""
    row, at = cells.first_of(b"SEQUENCE")
    asked = np.isin(row, rows)
    found = np.full(len(cells), -1)
    for place, line in zip(row[asked].tolist(), cells.lines.text(at[asked]), strict=True):
        held = line.rpartition(b":")[2].strip()
        found[place] = int(held) if held.isdigit() and len(held) < 9 else -1
    return found
