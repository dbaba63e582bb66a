"""Files in, report out: extract, transform, load in one transaction a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace as with_changes
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from etl import marks, marts, recount
from etl.desk import Desk
from etl.extract import read
from etl.given import Given, base_name, read_bytes, zone_hint
from etl.intake import Mark, forgotten_notes, place_notes, put
from etl.keyed import Key
from etl.model import AsksColumns, AsksDateOrder, AsksReplace, ColumnsQuestion, How, Note, Progress, Refused
from etl.practice import Practice, default_text, parse
from etl.practice import read as read_practice
from etl.stopwatch import lap
from etl.store import rewrite, undo
from etl.store.connection import StoreError, sentences
from etl.store.key import open_key
from etl.store.renewal import Renewed
from etl.transform import privacy
from etl.transform.rules import verify

READING = 0.9  # of the time that a file takes
EXPANDED = timedelta(days=366)
SOON_ENOUGH = timedelta(days=31)  # the same file, taken again later than this, has its recurring events expanded further
PULLS_STAND = timedelta(hours=1)  # and after this its interruptions looked at again: some may have begun since


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What one calendar or log of a file came to. Hours are those counted, some of them still to come; `waterfall` is
    (step, hours, occurrences). `new`, `changed`, `gone`: what this load made of it, by UID and original start; `unchanged`:
    what the file holds and was there already just so."""

    source_id: str
    name: str
    kind: str
    rows: int
    hours: float
    unclassified_hours: float
    hours_to_come: float
    covers_from: str
    covers_to: str
    waterfall: tuple[tuple[str, float, int], ...]
    new: int = 0
    changed: int = 0
    gone: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of one file: refused (the sentence), already known, or its sources; and what there is to say."""

    file_name: str
    refused: str | None = None
    asks_date_order: bool = False
    asks_replace: bool = False
    asks_columns: ColumnsQuestion | None = None
    nothing_new: bool = False
    sources: tuple[SourceReport, ...] = ()
    notes: tuple[Note, ...] = ()


def load(
    files: Sequence[Given],
    db: Path,
    practice_path: Path | None = None,
    *,
    date_order: str | None = None,
    replace: bool = False,
    say: Progress | None = None,
    into_sample: bool = False,
    as_stored: bool = False,
) -> list[LoadReport]:
    """Load each file, all of it or none; `as_stored` by the practice that all is counted by already, if any, `replace`
    though it removes more than a third of what is known.

    Raises Refused or StoreError where the practice or the database cannot be used.
    """
    with Desk(db).opened() as desk:
        practice, path = (as_stored and desk.stored) or practice_for(db, practice_path, desk.stored)
        if desk.sample and not into_sample:
            raise Refused(
                db.name,
                "this is the sample practice, and your own files are not mixed with it",
                "Name another database with --db, or leave the sample in the dashboard",
            )
        task = _Load(desk, practice, path, datetime.now(UTC), date_order, replace)
        reports = []
        for number, file in enumerate(files):
            step = _part(say, number, len(files))
            try:
                name, data = read_bytes(file)
                lap("read")
                reports.append(_load_one(name, data, task, step))
            except (Refused, StoreError) as error:
                reports.append(
                    LoadReport(
                        base_name(file),
                        refused=str(error),
                        asks_date_order=isinstance(error, AsksDateOrder),
                        asks_replace=isinstance(error, AsksReplace),
                        asks_columns=error.question if isinstance(error, AsksColumns) else None,
                    )
                )
            step(f"Done with {base_name(file)}", 1.0)
    try:
        if desk.rewrite_due:
            rewrite(db)
    except StoreError as error:  # the files are in all the same, and what is due is done after the next load
        note = Note(None, f"text that is no longer needed could not be wiped from the disk yet: {str(error).rstrip('.')}")
        reports[-1] = with_changes(reports[-1], notes=(*reports[-1].notes, note))
    return reports


def practice_for(db: Path, practice_path: Path | None, stored: tuple[Practice, str] | None) -> tuple[Practice | None, str]:
    """The practice to load by, and its path: the file named, else the one beside the database, else what is stored."""
    path = practice_path or db.with_name("practice.toml")
    if practice_path is not None or path.exists():
        with sentences(path):
            if not path.is_file():
                raise Refused(path.name, "there is no such file", "Check the name after --practice")
            practice = read_practice(path.read_bytes(), path.name)
            if not stored or stored[0].text != practice.text:
                verify(practice, path.name)
            return practice, str(path.resolve())
    return stored or (None, "")


@dataclass(frozen=True, slots=True)
class _Load:
    """What the files of one load have in common. `practice` is None where there is none yet."""

    desk: Desk
    practice: Practice | None
    path: str
    begun: datetime
    date_order: str | None
    replace: bool


def _load_one(name: str, data: bytes, task: _Load, say: Progress) -> LoadReport:
    practice, path = (task.practice, task.path) if task.practice else (task.desk.stored or (None, ""))
    starting = practice is None
    if practice is None:
        practice, path = parse(default_text(zone_hint(data)), "practice.toml"), ""
    until = task.begun + EXPANDED
    if known := _known(task, practice, path, data):
        return LoadReport(name, nothing_new=True, sources=known)
    how = How(
        practice.zone,
        practice.owners,
        until,
        task.date_order,
        lambda what, done: say(what, READING * done),
        practice.csv,
        practice.phones,
    )
    extract = read(data, name, how)
    notes = list(extract.notes)
    if starting:
        notes.append(
            Note(
                None,
                f"no practice.toml yet: days and times are those of {practice.time_zone}. Set your own on the Data page",
            )
        )
    say(f"Counting {name}", READING)
    with task.desk.write(practice, path) as (con, key):
        undo.begin(con, task.begun, privacy.file_name(name))
        mark = Mark(
            task.begun,
            until,
            _content_key(key, data, task.date_order, practice),
            practice,
            key,
            recount.policy(con, practice, key),
        )
        notes += forgotten_notes(extract.exports, mark)
        added: dict[str, Renewed] = {}
        for export in extract.exports:
            source_id, renewed, said = put(con, export, mark, notes if not added else [])
            if renewed.asks and not task.replace:
                raise AsksReplace(
                    name,
                    f"it would remove {renewed.removed_hours:.1f} h of the {renewed.known_hours:.1f} h that are known so far,"
                    " more than a third",
                    "If that is right, load it again with --replace",
                )
            added[source_id] = renewed
            notes += said + place_notes(con, source_id, mark)
        lap("write")
        recount.settle(con, practice, key)
        lap("slices")
        sources = tuple(source_report(con, source_id, renewed) for source_id, renewed in added.items())
        lap("report")
    lap("write")
    return LoadReport(name, sources=sources, notes=tuple(notes))


def source_report(con: duckdb.DuckDBPyConnection, source_id: str, renewed: Renewed | None = None) -> SourceReport:
    """What one stored source comes to, by the marts; `renewed` is what a load made of it, None where nothing was new."""
    facts = marts.ask(con, "source_report", source_id=source_id).fetchall()[0]
    source_id, name, kind, count, hours, unclassified, to_come, covers_from, covers_to = facts
    steps = marts.ask(con, "source_waterfall", source_id=source_id).fetchall()
    waterfall = tuple((step, step_hours, events) for _, step, step_hours, events in steps)
    new, changed, gone, unchanged = (
        (renewed.new, renewed.changed, renewed.gone, renewed.unchanged) if renewed else (0, 0, 0, count)
    )
    return SourceReport(
        source_id, name, kind, count, hours, unclassified, to_come, covers_from, covers_to, waterfall,
        new, changed, gone, unchanged,
    )  # fmt: skip


def _known(task: _Load, practice: Practice, path: str, data: bytes) -> tuple[SourceReport, ...]:
    """The sources that these very bytes gave, where reading them again would give the same; else none.

    Then all that is stored is counted by this practice, where it or the built-in word list is another than before.
    """
    with sentences(task.desk.db):
        con = task.desk.look()
        if con is None or not con.execute("select source_id from sources limit 1").fetchall():
            return ()
        known = _of_these_bytes(con, open_key(con, task.desk.db), practice, data, task)
        if not known or recount.is_current(con, practice):
            return tuple(source_report(con, source_id) for source_id in known)
    with task.desk.write(practice, path) as (con, key):
        recount.settle(con, practice, key)
        return tuple(source_report(con, source_id) for source_id in _of_these_bytes(con, key, practice, data, task))


def _of_these_bytes(con: duckdb.DuckDBPyConnection, key: Key, practice: Practice, data: bytes, task: _Load) -> list[str]:
    stored = con.execute(
        """select source_id, read_zone in ('', ?) and read_owners = ? and read_rules = ? and read_until > ?
            and (read_pulls = '' or kind <> 'calendar' or loaded_at > ?),  -- one that was still to come may have begun
            name, kind, read_pulls
        from sources where content_key = ? order by source_id""",
        [
            practice.time_zone,
            marks.owners_mark(practice, key),
            marks.rules_mark(practice),
            task.begun + EXPANDED - SOON_ENOUGH,
            task.begun - PULLS_STAND,
            _content_key(key, data, task.date_order, practice),
        ],
    ).fetchall()
    fresh = (row[1] and (row[3] != "calendar" or row[4] == marks.pulls_mark(practice, row[2])) for row in stored)
    return [row[0] for row in stored] if all(fresh) else []


def _content_key(key: Key, data: bytes, date_order: str | None, practice: Practice) -> str:
    """Equal for the same bytes read in the same way: a table by other [[csv]] sections is read in another."""
    shapes = repr(practice.csv) + (repr(practice.phones) if practice.phones else "") if practice.csv else ""
    return key.hash("file:", date_order or "", ":", shapes, data)


def _part(say: Progress | None, number: int, of: int) -> Progress:
    """The progress of one file as part of the whole."""

    def tell(what: str, done: float) -> None:
        if say is not None:
            say(what, (number + done) / of)

    return tell
