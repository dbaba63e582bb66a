"""Count everything again from what is stored, by one practice: no export is read for it."""

import hashlib
from dataclasses import dataclass, fields, replace

import duckdb

from etl.keyed import Key
from etl.model import PRACTICE_WIDE
from etl.practice import Practice, parse
from etl.store import write
from etl.store.kept import schemas
from etl.transform import slices, words
from etl.transform.roles import Event, Filer, title_alone
from etl.transform.rows import Filed

_MOVED = ", moved"


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


def is_current(con: duckdb.DuckDBPyConnection, practice: Practice) -> bool:
    """Whether all that is stored is counted by this very practice and the word list of this version of the program."""
    return con.execute("select practice_text, words_mark from practice").fetchall() == [(practice.text, words.mark())]


def filer(practice: Practice, key: Key) -> Filer:
    """The filer of one practice, with the built-in words."""
    return Filer(practice, words.built_in(), key)


def owners_mark(practice: Practice, key: Key) -> str:
    """Tells whether a source was read with the same owner's addresses; the addresses themselves cannot be read off it."""
    return key.hash("owners:" + ",".join(sorted(a.casefold() for a in practice.owner_emails)))


def rules_mark(practice: Practice) -> str:
    """Tells whether dropped titles were filed by the same rules. Corrections by title reach them anyway: left out."""
    parts = [practice.keep_clinical_titles, practice.calendars, practice.locations]
    parts += [practice.practice_wide] if practice.practice_wide else []  # a mark from before there was such a thing holds
    parts += [
        [r.role, r.activity, r.title, r.calendar, r.place, r.category, r.location] for r in practice.rules if not title_alone(r)
    ]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def set_practice(con: duckdb.DuckDBPyConnection, practice: Practice, path: str, key: Key) -> None:
    """Make this the practice that everything is counted by, and file everything again where it is another than before.

    All-day events and times without a zone are moved to the new zone's wall clock.
    """
    if is_current(con, practice):
        con.execute("update practice set practice_path = $path where practice_path <> $path", {"path": path})
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
    slices.settle(con)
    con.execute("update practice set notice = ?", [_notice(con, practice, key)])


def refile(con: duckdb.DuckDBPyConnection, practice: Practice, by: Filer, key: Key) -> None:
    """File all that is stored by the rules as they are now; titles that become clinical are dropped."""
    no_title = key.title("")
    names = ", ".join(field.name for field in fields(Filed))
    stored = con.execute(f"select {names}, filing_id from filings order by filing_id").fetchall()
    before = [Filed(*row[:-1]) for row in stored]
    after = [_refiled(filed, by, no_title, keep_clinical=practice.keep_clinical_titles) for filed in before]
    if after != before:
        columns = {field.name: write.texts([getattr(filed, field.name) for filed in after]) for field in fields(Filed)}
        con.execute("delete from filings")
        write.insert_columns(con, "filings", {"filing_id": write.texts([row[-1] for row in stored]), **columns})
    if [(f.title, f.place_text, f.categories) for f in before] != [(f.title, f.place_text, f.categories) for f in after]:
        con.execute("update about_file set rewrite_due = true")
    for schema in schemas(con):
        _refile_log(con, f"{schema}.log_rows", by)


def _refiled(filed: Filed, by: Filer, no_title: str, *, keep_clinical: bool) -> Filed:
    """How a text is filed now. A dropped title that no correction finds keeps its role."""
    was_dropped = filed.title is None and filed.title_key != no_title
    title = None if was_dropped else filed.title or ""
    event = Event(title, filed.title_key, filed.place_text or "", filed.calendar, filed.categories or "", filed.title_location)
    filing = by.refile_dropped(event) if was_dropped else by.file(event)
    location = by.marker(event) if filed.all_day else filing.location if filing else by.own_location(event)
    if filing is None:
        return replace(filed, own_location=location)
    now = replace(filed, role=filing.role, activity=filing.activity, decided_by=filing.decided_by, own_location=location)
    if filing.role != "clinical" or keep_clinical:
        return now
    return replace(
        now,
        title=None,
        title_location=filed.title_location if was_dropped else by.place_named(title or ""),
        place_text=by.place_kept(filed.place_text or ""),
        categories=None,
    )


def _refile_log(con: duckdb.DuckDBPyConnection, table: str, by: Filer) -> None:
    logged = con.execute(f"select distinct about_text, topic, role from {table}").fetchall()
    if not logged:
        return
    con.execute(
        """create or replace temp table refiled_log
        (about_text varchar, topic varchar, role varchar, about_location varchar, activity varchar)"""
    )
    write.insert(
        con,
        "refiled_log",
        [
            _RefiledLog(about, topic, role, by.place_named(about or "") or PRACTICE_WIDE, by.activity_of_topic(topic or "", role))
            for about, topic, role in logged
        ],
    )
    con.execute(
        f"""update {table} as l set about_location = r.about_location, activity = r.activity from refiled_log as r
        where l.about_text is not distinct from r.about_text and l.topic is not distinct from r.topic and l.role = r.role"""
    )
    con.execute("drop table refiled_log")


def _move_zone(con: duckdb.DuckDBPyConnection, old: str, new: str) -> None:
    """Keep the wall clock in another zone. Where the clocks change this loses an hour for good, so calendars with such
    times stay marked until their export is loaded again."""
    moved = "instant_at($new, timezone($old, {0}))".format
    zones = {"old": old, "new": new}
    for schema in schemas(con):
        con.execute(
            f"""update {schema}.sources set read_zone = read_zone || '{_MOVED}'
            where read_zone <> '' and not ends_with(read_zone, '{_MOVED}')"""
        )
        con.execute(
            f"""update {schema}.dated set starts_at = {moved("starts_at")}, ends_at = {moved("ends_at")} where clock <> 0""",
            zones,
        )
        con.execute(
            f"""update {schema}.log_rows set starts_at = {moved("starts_at")}, answered_at = {moved("answered_at")},
            ends_at = {moved("starts_at")} + (ends_at - starts_at) where floating""",
            zones,
        )


def _notice(con: duckdb.DuckDBPyConnection, practice: Practice, key: Key) -> str:
    """Which exports must be loaded again, because what is stored cannot be counted right by the practice as it is now."""
    sources = con.execute(
        """select name, read_zone, read_zone <> '' and read_zone <> $zone, read_owners <> $owners,
            read_rules <> $rules and exists (
                from dated as d join filings as f using (filing_id)
                where d.source_id = s.source_id and f.title is null and f.title_key <> $no_title)
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
