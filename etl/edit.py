"""One transaction around a change by hand: of practice.toml, which is kept in step, or of what is stored."""

import contextlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl import recount
from etl.desk import prepare
from etl.keyed import Key
from etl.model import Refused
from etl.pipeline import practice_for
from etl.practice import Practice, default_text, parse
from etl.store import holds_sample, open_read, open_write, rewrite, rewrite_due
from etl.store.connection import sentences
from etl.store.key import open_key
from etl.transform.rules import verify

# Titles of rules that were taken out leave every byte too, where no event bears them any more.
_LEFT_BEHIND = """update about_file set rewrite_due = true where exists (
    select * from unnest($1) as gone(title) where title not in (select title from filings where title is not null))"""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a practice stands: its text as all is counted by now, and the file it is kept as."""

    text: str
    file: Path


@dataclass(frozen=True, slots=True)
class Change:
    """What a change makes of practice.toml; `only` are keys of titles or of their groups, where it is about no other, and
    `also` is done with what is stored, once it is counted by the new text."""

    text: str
    only: Collection[str] | None = None
    also: Callable[[duckdb.DuckDBPyConnection, Practice, Key], None] | None = None


def practice_beside(db: Path, *, is_sample: bool = False) -> Path:
    """Where the file of a practice lies that was read from nowhere else. The sample has one of its own: it must never be written
    over the owner's."""
    return db.with_name(f"{db.stem}.practice.toml" if is_sample else "practice.toml")


def standing(db: Path) -> Standing:
    """The practice of this database and its file: where it was read from, else beside the database.

    A first draft where nothing is stored yet.
    """
    beside = practice_beside(db)
    if db.exists():
        with open_read(db) as con:
            stored, sample = recount.stored_practice(con), holds_sample(con)
        if sample:
            beside = practice_beside(db, is_sample=True)
        elif stored and stored[1] and Path(stored[1]).parent.is_dir():
            beside = Path(stored[1])
        if stored:
            return Standing(stored[0].text, beside)
    practice, _ = practice_for(db, None, None)
    return Standing(practice.text if practice else default_text("UTC"), beside)


def practice_file(db: Path) -> Path:
    """Where the practice of this database is kept as a file."""
    return standing(db).file


def practice_text(db: Path) -> str:
    """practice.toml as all is counted now; a first draft where nothing is stored yet."""
    return standing(db).text


def changed_outside(db: Path) -> bool:
    """Whether practice.toml says something else than what all is counted by: somebody edited the file."""
    return _changed(standing(db))


def _changed(now: Standing) -> bool:
    with sentences(now.file):
        written = now.file.read_bytes() if now.file.is_file() else None
    if written is None:
        return False
    try:
        return not alike(written.decode("utf-8-sig"), now.text)
    except UnicodeDecodeError:
        return True  # saved in another encoding; counting by it says so


def alike(text: str, other: str) -> bool:
    """Whether two texts differ in their line ends at most."""
    return text.replace("\r\n", "\n") == other.replace("\r\n", "\n")


def recounted(db: Path, change: Callable[[duckdb.DuckDBPyConnection, Practice, Key], Change], *, write_file: bool = True) -> None:
    """Count everything by a changed practice.

    The change is made to what is stored at that moment, so that what another page saved just before is not lost; the
    file is written within the transaction, and is as before where either of the two fails. Raises Refused where the text
    is not right, or the file holds an edit by hand that would be lost.
    """
    now = standing(db)
    path = now.file
    if write_file and _changed(now):
        raise Refused(path.name, "it was changed outside of the dashboard", "Take that change over first, then save again")
    before = path.read_bytes() if path.is_file() else None
    written = False
    try:
        with open_write(db) as con:
            text = apply(con, db, now, change)
            if write_file:
                _write(path, text.encode())
                written = True
            due = rewrite_due(con)
    except BaseException:
        if written and before is not None:
            _write(path, before)
        elif written:
            path.unlink(missing_ok=True)
        raise
    if due:
        rewrite(db)


def apply(
    con: duckdb.DuckDBPyConnection, db: Path, now: Standing, change: Callable[[duckdb.DuckDBPyConnection, Practice, Key], Change]
) -> str:
    """Make a change within the transaction that is open; gives the new text of practice.toml."""
    stored, key = recount.stored_practice(con), open_key(con, db)
    made = change(con, stored[0] if stored else parse(now.text, now.file.name), key)
    practice = parse(made.text, now.file.name)
    if not stored or stored[0].text != practice.text:
        verify(practice, now.file.name)
    recount.set_practice(con, practice, str(now.file), key, made.only if stored else None)
    if made.also:
        made.also(con, practice, key)
    recount.settle(con, practice, key)
    if stored and (gone := list(_titles(stored[0]) - _titles(practice))):
        con.execute(_LEFT_BEHIND, [gone])
    return made.text


def _titles(practice: Practice) -> set[str]:
    """What the rules of a practice say of titles."""
    return {words for rule in practice.rules for words in (*rule.titles, rule.title) if words}


@contextlib.contextmanager
def changing(db: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, Practice, Key]]:
    """One transaction around a change of what is stored, with everything settled at its end."""
    now = standing(db)
    with open_write(db) as con:
        stored = recount.stored_practice(con)
        practice = stored[0] if stored else parse(now.text)
        key = prepare(con, db, practice, stored[1] if stored else str(now.file))
        yield con, practice, key
        recount.settle(con, practice, key)
        due = rewrite_due(con)
    if due:
        rewrite(db)


def _write(path: Path, data: bytes) -> None:
    """Write a file all or nothing."""
    new = path.with_name(path.name + ".new")
    try:
        with sentences(path):
            new.write_bytes(data)
            new.replace(path)
    finally:
        new.unlink(missing_ok=True)
