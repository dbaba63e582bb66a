"""Files in, report out: extract, transform, load in one transaction a file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from etl import marts, recount
from etl.extract import read
from etl.given import Given, base_name, read_bytes, zone_hint
from etl.intake import Mark, place_notes, put
from etl.keyed import Key
from etl.model import AsksColumns, AsksDateOrder, ColumnsQuestion, How, Note, Progress, Refused
from etl.practice import Practice, default_text, parse
from etl.practice import read as read_practice
from etl.store import StoreError, holds_sample, open_read, open_write, rewrite, rewrite_due, sentences
from etl.store.key import open_key

READING = 0.9  # of the time that a file takes
EXPANDED = timedelta(days=366)
SOON_ENOUGH = timedelta(days=31)  # the same file, taken again later than this, has its recurring events expanded further


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What one calendar or log of a file came to. Hours are those counted, some of them still to come; `waterfall` is
    (step, hours, occurrences)."""

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


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of one file: refused (the sentence), already known, or its sources; and what there is to say."""

    file_name: str
    refused: str | None = None
    asks_date_order: bool = False
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
    say: Progress | None = None,
    into_sample: bool = False,
    as_stored: bool = False,
) -> list[LoadReport]:
    """Load each file, all of it or none; `as_stored` by the practice that all is counted by already, if any.

    Raises Refused or StoreError where the practice or the database cannot be used.
    """
    practice, path = (as_stored and stored_practice(db)) or practice_for(db, practice_path)
    if db.exists():
        with open_read(db) as con:
            if holds_sample(con) and not into_sample:
                raise Refused(
                    db.name,
                    "this is the sample practice, and your own files are not mixed with it",
                    "Name another database with --db, or leave the sample in the dashboard",
                )
    reports = []
    for number, file in enumerate(files):
        step = _part(say, number, len(files))
        try:
            name, data = read_bytes(file)
            reports.append(_load_one(name, data, db, practice, path, date_order, step))
        except (Refused, StoreError) as error:
            asks = error.question if isinstance(error, AsksColumns) else None
            by_order = isinstance(error, AsksDateOrder)
            reports.append(LoadReport(base_name(file), refused=str(error), asks_date_order=by_order, asks_columns=asks))
        step(f"Done with {base_name(file)}", 1.0)
    try:
        tidy(db)
    except StoreError as error:  # the files are in all the same, and what is due is done after the next load
        note = Note(None, f"text that is no longer needed could not be wiped from the disk yet: {str(error).rstrip('.')}")
        reports[-1] = replace(reports[-1], notes=(*reports[-1].notes, note))
    return reports


def practice_for(db: Path, practice_path: Path | None) -> tuple[Practice | None, str]:
    """The practice to load by, and its path: the file named, else the one beside the database, else what is stored."""
    path = practice_path or db.with_name("practice.toml")
    if practice_path is not None or path.exists():
        with sentences(path):
            if not path.is_file():
                raise Refused(path.name, "there is no such file", "Check the name after --practice")
            return read_practice(path.read_bytes(), path.name), str(path.resolve())
    return stored_practice(db) or (None, "")


def stored_practice(db: Path) -> tuple[Practice, str] | None:
    """The practice that what is stored is counted by, and its path; None where nothing is stored."""
    if not db.exists():
        return None
    with open_read(db) as con:
        return recount.stored_practice(con)


def tidy(db: Path) -> None:
    """Write the file anew where forgotten text may still lie in its unused bytes."""
    if db.exists():
        with open_read(db) as con:
            due = rewrite_due(con)
        if due:
            rewrite(db)


def prepare(con: duckdb.DuckDBPyConnection, db: Path, practice: Practice, path: str) -> Key:
    """The key of an open database, with this practice set."""
    key = open_key(con, db)
    recount.set_practice(con, practice, path, key)
    return key


def _load_one(
    name: str, data: bytes, db: Path, practice: Practice | None, path: str, date_order: str | None, say: Progress
) -> LoadReport:
    if practice is None:  # an earlier file of this very load may have settled it
        practice, path = practice_for(db, None)
    starting = practice is None
    if practice is None:
        practice, path = parse(default_text(zone_hint(data)), "practice.toml"), ""
    now = datetime.now(UTC)
    if known := _known(db, practice, path, data, date_order, now):
        return LoadReport(name, nothing_new=True, sources=known)
    how = How(
        practice.zone, practice.owners, now + EXPANDED, date_order, lambda what, done: say(what, READING * done), practice.csv
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
    with open_write(db) as con:
        key = prepare(con, db, practice, path)
        mark = Mark(now, now + EXPANDED, _content_key(key, data, date_order, practice), practice, key)
        added: list[str] = []
        for export in extract.exports:
            added.append(put(con, export, mark, notes if not added else []))
            notes += place_notes(con, added[-1])
        recount.settle(con, practice, key)
        sources = tuple(source_report(con, source_id) for source_id in added)
    return LoadReport(name, sources=sources, notes=tuple(notes))


def source_report(con: duckdb.DuckDBPyConnection, source_id: str) -> SourceReport:
    """What one stored source comes to, by the marts."""
    facts = marts.ask(con, "source_report", source_id=source_id).fetchall()[0]
    source_id, name, kind, count, hours, unclassified, to_come, covers_from, covers_to = facts
    steps = marts.ask(con, "source_waterfall", source_id=source_id).fetchall()
    waterfall = tuple((step, step_hours, events) for _, step, step_hours, events in steps)
    return SourceReport(source_id, name, kind, count, hours, unclassified, to_come, covers_from, covers_to, waterfall)


def _known(
    db: Path, practice: Practice, path: str, data: bytes, date_order: str | None, now: datetime
) -> tuple[SourceReport, ...]:
    """The sources that these very bytes gave, where reading them again would give the same; else none.

    Then all that is stored is counted by this practice, where it or the built-in word list is another than before.
    """
    if not db.exists():
        return ()
    with open_read(db) as con:
        if not con.execute("select source_id from sources limit 1").fetchall():
            return ()
        known = _of_these_bytes(con, open_key(con, db), practice, data, date_order, now)
        if not known or recount.is_current(con, practice, path):
            return known
    with open_write(db) as con:
        key = prepare(con, db, practice, path)
        recount.settle(con, practice, key)
        return _of_these_bytes(con, key, practice, data, date_order, now)


def _of_these_bytes(
    con: duckdb.DuckDBPyConnection, key: Key, practice: Practice, data: bytes, date_order: str | None, now: datetime
) -> tuple[SourceReport, ...]:
    stored = con.execute(
        """select source_id, read_zone in ('', ?) and read_owners = ? and read_rules = ? and read_until > ?
        from sources where content_key = ? order by source_id""",
        [
            practice.time_zone,
            recount.owners_mark(practice, key),
            recount.rules_mark(practice),
            now + EXPANDED - SOON_ENOUGH,
            _content_key(key, data, date_order, practice),
        ],
    ).fetchall()
    return tuple(source_report(con, source_id) for source_id, _ in stored) if stored and all(fresh for _, fresh in stored) else ()


def _content_key(key: Key, data: bytes, date_order: str | None, practice: Practice) -> str:
    """Equal for the same bytes read in the same way: a table by other [[csv]] sections is read in another."""
    shapes = repr(practice.csv).encode("utf-8", "surrogatepass") if practice.csv else b""
    return key.hash(b"file:" + (date_order or "").encode() + b":" + shapes + data)


def _part(say: Progress | None, number: int, of: int) -> Progress:
    """The progress of one file as part of the whole."""

    def tell(what: str, done: float) -> None:
        if say is not None:
            say(what, (number + done) / of)

    return tell
