"""What passes between the parts: frozen records at the borders, and the one way to refuse a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from etl.columns import Columns

ROLES = ("leadership", "management", "clinical", "unclassified", "personal")
PRACTICE_WIDE = "Practice-wide"
LEAST_MINUTES, MOST_MINUTES = 0.1, 480  # of an interruption whose length is said and not measured

Progress = Callable[[str, float], None]
"""Called with what is being done and how much of it is done, 0 to 1."""


class Refused(Exception):  # noqa: N818 - what happened to the file; nothing went wrong in the program
    """A file, a setting or a wish that is not taken: which file, which line, what is wrong, what to do.

    `what` and `mend` are plain sentences without a final stop and never hold content of the file.
    """

    def __init__(self, file_name: str, what: str, mend: str, line: int | None = None) -> None:
        self.file_name, self.what, self.mend, self.line = file_name, what, mend, line
        where = f"{file_name}, line {line}" if line else file_name
        super().__init__(f"{where}: {what}. {mend}.")


class WrongUsage(Refused):
    """Refused for what was asked, not for what a file holds: on the command line, exit status 2."""


class NotOurs(Refused):
    """A file that holds nothing that is read here: refused alone, passed over in an archive."""


class AsksDateOrder(Refused):
    """Refused with a question: do the dates of this file put the day or the month first?"""


class AsksReplace(Refused):
    """Refused with a question: may this export remove so much of what is known?"""


@dataclass(frozen=True, slots=True)
class ColumnsQuestion:
    """Which column is what? The names of the columns, the first rows to look at, and a guess: columns by part (see CsvShape).

    It holds content of the file: for the owner's eyes, never for a message or a log.
    """

    columns: tuple[str, ...]
    first_rows: tuple[tuple[str, ...], ...]
    guess: Mapping[str, str]


class AsksColumns(Refused):
    """Refused with a question: which columns of this table are the start, the end and the rest?"""

    def __init__(self, file_name: str, line: int, question: ColumnsQuestion) -> None:
        which = "Say in practice.toml under [[csv]] which column is start, and which is end or minutes"
        mend = f"{which}; in the dashboard, choose them on the Data page"
        super().__init__(file_name, "the columns of this table are not known yet", mend, line)
        self.question = question


@dataclass(frozen=True, slots=True)
class Note:
    """A word about what was left out or assumed; never content of the file."""

    line: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One event on one day, as a file states it.

    `original` is the identity of the instance (RFC 5545 3.8.4.4): its RECURRENCE-ID or its own start, as
    `20260105T090000Z` (UTC), `20260105T090000` (floating) or `20260105` (all-day).
    `start` and `end` are aware UTC datetimes; naive ones are floating (the practice's wall clock); dates are
    all-day, the end exclusive. `status` is "", "cancelled", "declined", "free" or "out of office", the first that holds.
    """

    uid: str
    original: str
    start: datetime | date
    end: datetime | date
    title: str
    place: str
    categories: tuple[str, ...]
    status: str
    line: int


@dataclass(frozen=True, slots=True)
class CalendarExport:
    """One calendar of a file. `name` and `time_zone` are empty where the file does not say, `exported_at` is the latest
    stamp on any of its events."""

    name: str
    time_zone: str
    occurrences: "Columns"
    file_name: str
    exported_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Interruption:
    """One pull on the owner, as logged. Naive times are the practice's wall clock."""

    started_at: datetime
    minutes: float
    about: str = ""
    asked_by: str = ""
    topic: str = ""
    team_could: bool | None = None
    answered_at: datetime | None = None
    via: str = ""
    note: str = ""
    role: str = "management"
    estimated: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class LogExport:
    """One interruption log; `calls` where it is a telephone's, which bears the name of its [[csv]] whatever the file's, and
    `began` when the calls of its list began, those that are no interruptions too."""

    name: str
    interruptions: tuple[Interruption, ...]
    file_name: str
    calls: bool = False
    began: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Extract:
    """All that one file holds, and what was left out of it."""

    exports: tuple[CalendarExport | LogExport, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class CsvShape:
    """Which column of a table of appointments says what: names of columns, "" for none; compared in any case, any blanks.

    `start` and `end` hold a date and a time of day, or the time alone where `date` and `end_date` hold the dates; `minutes`
    stands in for `end`. Only rows whose `provider` is among `owner` are the owner's. A row whose `status` is among
    `cancelled` or `free` is so. `name` is that of the calendar. Of `kind` "calls" it is the call list of a telephone: `number` is
    whom the call was with, and `seconds` may stand in for `minutes`.
    """

    name: str
    start: str
    end: str = ""
    minutes: str = ""
    date: str = ""
    end_date: str = ""
    title: str = ""
    place: str = ""
    provider: str = ""
    owner: tuple[str, ...] = ()
    status: str = ""
    cancelled: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    all_day: str = ""
    categories: str = ""
    kind: str = ""
    number: str = ""
    seconds: str = ""


@dataclass(frozen=True, slots=True)
class How:
    """How to read: the practice's zone for floating times, the owner's mail addresses (lower case), how far
    recurring events are expanded, the order of a CSV's dates where its owner has said it, whom to tell of progress, and
    the tables of appointments that the practice knows, and its telephone numbers with the locations they are of."""

    zone: ZoneInfo
    owners: frozenset[str]
    until: datetime
    date_order: str | None = None
    say: Progress | None = None
    csv: tuple[CsvShape, ...] = ()
    phones: tuple[tuple[str, str], ...] = ()
