"""A practice to take along, whose strangers wrote what no file may show or run."""

from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from etl import hand_overs
from etl.hand_overs import HandOver
from tests.making import Desk, at_desk, calendar, event, log

LOCATION = 'R&D "East" <b>1</b>'
PRACTICE = f"""\
[practice]
name = "Zebedee Dental"
time_zone = "America/Toronto"

[targets]
leadership = 8

[[location]]
name = "North"

[[location]]
name = '{LOCATION}'
aliases = ["east"]
"""
TITLE, SERIES, TOPIC = "<img src=x onerror=alert(1)>Quokka review", "Walrus rota =1+1", '=HYPERLINK("http://127.0.0.1:9/a")Stoat'
WHO, TO, GOOD = "Ottoline", "Ms Heron <script>alert(1)</script>", "Done by Friday, says Lemming"
NAMES = ("Quokka", "Walrus", "Stoat", WHO, "Heron", "Lemming", "Zebedee", "HYPERLINK", "onerror", "alert(", "http:")
"""What can be read of the words above, wherever one of them is."""


def written(folder: Path, weeks: int = 17) -> Desk:
    """Weeks from Monday 5 January 2026 on: clinic, rota, a review, and questions of two topics; two of them are handed over."""
    desk = at_desk(folder, PRACTICE)
    events, pulls = [], []
    for week in range(weeks):
        monday, tuesday = (date.fromordinal(date(2026, 1, 5).toordinal() + 7 * week + n) for n in (0, 1))
        events += [
            event("Surgery", f"{monday} 09:00", "13:00", place="North", zone="America/Toronto"),
            event(SERIES, f"{monday} 14:00", "16:30" if week < 8 else "14:30", place="east", zone="America/Toronto"),
            event(TITLE, f"{tuesday} 09:00", "10:00", zone="America/Toronto"),
            event("Strategy", f"{tuesday} 11:00", "12:20", zone="America/Toronto"),
            event("Staff meeting", f"{tuesday} 11:30", "12:00", zone="America/Toronto"),
            event("Payroll", f"{tuesday} 15:00", "16:00", "STATUS:CANCELLED", zone="America/Toronto"),
        ]
        topic = TOPIC.replace('"', '""')
        pulls += [f'{monday} 10:00,7,east,{WHO},"{topic}",yes', f"{tuesday} 09:30,12,North,{WHO},refund,"]
    desk.take(("work.ics", calendar("Work", *events)), ("log.csv", log(*pulls)))
    hand_overs.keep(desk.db, HandOver(date(2026, 3, 2), TO, topic=TOPIC, good=GOOD, decides="All of it, Lemming"))
    group = desk.sql("select group_key from filings where title like 'Walrus%'")[0][0]
    hand_overs.keep(desk.db, HandOver(date(2026, 3, 2), TO, group_key=group, good=GOOD, locations=("North",)))
    return desk


class Read(HTMLParser):
    """A page read back: every tag with its attributes, the text, and each table as rows of (text, exact value)."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.tables: dict[str, list[list[tuple[str, float | str | None]]]] = {}
        self._open: list[list[tuple[str, float | str | None]]] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if tag == "div" and given.get("class") == "table":
            self._open = self.tables.setdefault(str(given["aria-label"]).removesuffix(" The numbers"), [])
        if self._open is None:
            return
        if tag == "tr":
            self._open.append([])
        if tag in ("td", "th"):
            self._open[-1].append(("", None))
        if tag in ("data", "time"):
            self._open[-1][-1] = ("", float(str(given["value"])) if tag == "data" else given["datetime"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._open = None

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._open and self._open[-1]:
            text, value = self._open[-1][-1]
            self._open[-1][-1] = (text + data, value)
