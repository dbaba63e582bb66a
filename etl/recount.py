"""Count everything again from what is stored, by one practice: no export is read for it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.keyed import Key
from etl.model import PRACTICE_WIDE
from etl.practice import Practice, parse
from etl.store import write
from etl.transform import words
from etl.transform.roles import Event, Filer, title_alone

_MOVED = ", moved"
_SQL = Path(__file__).parent / "transform"


@dataclass(frozen=True, slots=True)
class _Refiled:
    """How rows that are alike in all that decides are filed now."""

    title: str | None
    title_key: str
    place_text: str | None
    calendar: str
    categories: str | None
    title_location: str | None
    all_day: bool
    role: str | None  # None: a dropped title that no correction finds keeps its role
    activity: str | None
    decided_by: str | None
    own_location: str | None
    kept_title: str | None
    kept_place: str | None
    kept_categories: str | None
    kept_title_location: str | None


@dataclass(frozen=True, slots=True)
class _RefiledLog:
    about_text: str | None
    topic: str | None
    role: str
    about_location: str
    activity: str


def stored_practice(con: duckdb.DuckDBPyConnection) -> tuple[Practice, str] | None:
    """The practice that what is stored was counted by, and the path it was read from ('' where none)."""
    rows = con.execute("select practice_text, practice_path from practice").fetchall()
    return (parse(rows[0][0], "practice.toml"), rows[0][1]) if rows else None


def is_current(con: duckdb.DuckDBPyConnection, practice: Practice, path: str) -> bool:
    """Whether all that is stored is counted by this very practice and the word list of this version of the program."""
    stored = con.execute("select practice_text, practice_path, words_mark from practice").fetchall()
    return stored == [(practice.text, path, words.mark())]


def filer(practice: Practice, key: Key) -> Filer:
    """The filer of one practice, with the built-in words."""
    return Filer(practice, words.built_in(), key)


def owners_mark(practice: Practice, key: Key) -> str:
    """Tells whether a source was read with the same owner's addresses; the addresses themselves cannot be read off it."""
    return key.hash("owners:" + ",".join(sorted(a.casefold() for a in practice.owner_emails)))


def rules_mark(practice: Practice) -> str:
    """Tells whether dropped titles were filed by the same rules. Corrections by title reach them anyway: left out."""
    parts = [practice.keep_clinical_titles, practice.calendars, practice.locations]
    parts += [
        [r.role, r.activity, r.title, r.calendar, r.place, r.category, r.location] for r in practice.rules if not title_alone(r)
    ]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def set_practice(con: duckdb.DuckDBPyConnection, practice: Practice, path: str, key: Key) -> None:
    """Make this the practice that everything is counted by, and file everything again where it is another than before.

    All-day events and times without a zone are moved to the new zone's wall clock.
    """
    if is_current(con, practice, path):
        return
    before = stored_practice(con)
    if before is not None and before[0].time_zone != practice.time_zone:
        _move_zone(con, before[0].time_zone, practice.time_zone)
    con.execute("delete from practice")
    con.execute(
        "insert into practice values (?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
        [
            practice.name,
            practice.time_zone,
            practice.week_starts,
            practice.leadership_target,
            practice.working_hours,
            practice.keep_clinical_titles,
            practice.text,
            path,
            words.mark(),
        ],
    )
    con.execute("delete from locations")
    for order, name in enumerate([*practice.location_names, PRACTICE_WIDE]):
        con.execute("insert into locations values (?, ?)", [name, order])
    refile(con, practice, filer(practice, key), key)


def settle(con: duckdb.DuckDBPyConnection, practice: Practice, key: Key) -> None:
    """Everything that follows from the rows: copies, markers, slices, the notice."""
    con.execute((_SQL / "settle.sql").read_text("utf-8"))
    con.execute((_SQL / "slices.sql").read_text("utf-8"))
    con.execute("update practice set notice = ?", [_notice(con, practice, key)])


def refile(con: duckdb.DuckDBPyConnection, practice: Practice, by: Filer, key: Key) -> None:
    """File all that is stored by the rules as they are now; titles that become clinical are dropped."""
    alike = con.execute(
        "select distinct title, title_key, place_text, calendar, categories, title_location, all_day from occurrences"
    ).fetchall()
    no_title = key.title("")
    refiled = []
    for title, title_key, place, calendar, categories, title_location, all_day in alike:
        was_dropped = title is None and title_key != no_title
        known_title = None if was_dropped else title or ""
        event = Event(known_title, title_key, place or "", calendar, categories or "", title_location)
        filing = by.refile_dropped(event) if was_dropped else by.file(event)
        drop = filing is not None and filing.role == "clinical" and not practice.keep_clinical_titles
        location = by.marker(event) if all_day else filing.location if filing else by.own_location(event)
        refiled.append(
            _Refiled(
                title, title_key, place, calendar, categories, title_location, all_day,
                filing.role if filing else None,
                filing.activity if filing else None,
                filing.decided_by if filing else None,
                location,
                None if drop else title,
                by.place_named(place or "") if drop else place,
                None if drop else categories,
                by.place_named(title or "") if drop and not was_dropped else title_location,
            )
        )  # fmt: skip
    con.execute(
        """create or replace temp table refiled (title varchar, title_key varchar, place_text varchar, calendar varchar,
        categories varchar, title_location varchar, all_day boolean, role varchar, activity varchar, decided_by varchar,
        own_location varchar, kept_title varchar, kept_place varchar, kept_categories varchar, kept_title_location varchar)"""
    )
    write.insert(con, "refiled", refiled)
    forgotten = con.execute(
        """select count(*) from refiled where title is distinct from kept_title or place_text is distinct from kept_place
        or categories is distinct from kept_categories"""
    ).fetchall()[0][0]
    con.execute(
        """update occurrences as o
        set role = coalesce(r.role, o.role), activity = coalesce(r.activity, o.activity),
            decided_by = coalesce(r.decided_by, o.decided_by),
            own_location = r.own_location, title_location = r.kept_title_location,
            title = r.kept_title, place_text = r.kept_place, categories = r.kept_categories
        from refiled as r
        where o.title is not distinct from r.title and o.title_key = r.title_key
            and o.place_text is not distinct from r.place_text and o.calendar = r.calendar
            and o.categories is not distinct from r.categories
            and o.title_location is not distinct from r.title_location and o.all_day = r.all_day"""
    )
    con.execute("drop table refiled")
    logged = con.execute("select distinct about_text, topic, role from log_rows").fetchall()
    con.execute(
        """create or replace temp table refiled_log
        (about_text varchar, topic varchar, role varchar, about_location varchar, activity varchar)"""
    )
    write.insert(
        con,
        "refiled_log",
        [
            _RefiledLog(
                about,
                topic,
                role,
                by.place_named(about or "") or PRACTICE_WIDE,
                by.activity_of_topic(topic or "", role),
            )
            for about, topic, role in logged
        ],
    )
    con.execute(
        """update log_rows as l set about_location = r.about_location, activity = r.activity from refiled_log as r
        where l.about_text is not distinct from r.about_text and l.topic is not distinct from r.topic and l.role = r.role"""
    )
    con.execute("drop table refiled_log")
    if forgotten:
        con.execute("update about_file set rewrite_due = true")


def _move_zone(con: duckdb.DuckDBPyConnection, old: str, new: str) -> None:
    """Keep the wall clock in another zone. Where the clocks change this loses an hour for good, so calendars with such
    times stay marked until their export is loaded again."""
    con.execute(
        f"update sources set read_zone = read_zone || '{_MOVED}' where read_zone <> '' and not ends_with(read_zone, '{_MOVED}')"
    )
    moved = "instant_at($new, timezone($old, {0}))".format
    zones = {"old": old, "new": new}
    con.execute(
        f"""update occurrences set starts_at = {moved("starts_at")}, ends_at = {moved("ends_at")} where floating or all_day""",
        zones,
    )
    con.execute(
        f"""update log_rows set starts_at = {moved("starts_at")}, answered_at = {moved("answered_at")},
        ends_at = {moved("starts_at")} + (ends_at - starts_at) where floating""",
        zones,
    )


def _notice(con: duckdb.DuckDBPyConnection, practice: Practice, key: Key) -> str:
    """Which exports must be loaded again, because what is stored cannot be counted right by the practice as it is now."""
    sources = con.execute(
        """select name, read_zone, read_zone <> '' and read_zone <> $zone, read_owners <> $owners,
            read_rules <> $rules and exists (
                from occurrences as o where o.source_id = s.source_id and o.title is null and o.title_key <> $no_title)
        from sources as s where kind = 'calendar' order by source_id""",
        {
            "zone": practice.time_zone,
            "owners": owners_mark(practice, key),
            "rules": rules_mark(practice),
            "no_title": key.title(""),
        },
    ).fetchall()
    said = []
    for name, read_zone, other_zone, other_owners, other_rules in sources:
        reasons = []
        if other_zone:
            reasons.append(f"some of its times name no time zone and were read in {read_zone.removesuffix(_MOVED)}")
        if other_owners:
            reasons.append("your mail addresses have changed, and with them which invitations you declined")
        if other_rules:
            reasons.append("the titles of its clinical events were not kept, so your new rules cannot reach them")
        if reasons:
            said.append(f"Please load the export of “{name}” again: {'; '.join(reasons)}.")
    return "\n".join(said)
