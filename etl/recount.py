"""Count everything again from what is stored, by one practice: no export is read for it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace

import duckdb
import numpy as np

from etl import marks
from etl.keyed import Key
from etl.model import PRACTICE_WIDE
from etl.practice import Practice, parse
from etl.practice_checks import folded
from etl.store import filings, write
from etl.store.kept import schemas
from etl.transform import slices, words
from etl.transform.corrections import PUT_ASIDE, Correction, Corrections
from etl.transform.filed import Filed, Policy, refiled
from etl.transform.roles import Filer

_COLUMNS = tuple(field.name for field in fields(Filed))


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


def policy(con: duckdb.DuckDBPyConnection, practice: Practice, key: Key, before: Practice | None = None) -> Policy:
    """By what all that is stored is filed and kept; `before` is the practice it is filed by now, if that is another."""
    columns = ", ".join(field.name for field in fields(Correction))
    corrections = [Correction(*row) for row in con.execute(f"select {columns} from corrections").fetchall()]
    forgotten = frozenset(row[0] for row in con.execute("select group_key from forgotten_titles").fetchall())
    before_at = con.execute("select epoch_us(before_at) // 1000000 from forgotten_before").fetchall()
    return Policy(
        filer(practice, key),
        practice.keep_clinical_titles,
        Corrections(corrections, [row[0] for row in con.execute("select uid from planned_blocks").fetchall()]),
        forgotten,
        before_at[0][0] if before_at else None,
        _renumbered(before or practice, practice),
    )


def _renumbered(before: Practice, after: Practice) -> dict[str, str]:
    numbers = {replace(rule, number=0): rule.number for rule in after.rules[::-1]}
    same = ((rule.number, numbers.get(replace(rule, number=0))) for rule in before.rules)
    return {f"rule {old}": f"rule {new}" for old, new in same if new}


def set_practice(
    con: duckdb.DuckDBPyConnection, practice: Practice, path: str, key: Key, only: Collection[str] | None = None
) -> None:
    """Make this the practice that everything is counted by, and file everything again where it is another than before.

    All-day events and times without a zone are moved to the new zone's wall clock. `only` are keys of titles or of groups
    of titles, where the practice differs in corrections of these alone.
    """
    if is_current(con, practice):
        con.execute("update practice set practice_path = $path where practice_path <> $path", {"path": path})
        return
    before = stored_practice(con)
    if before is not None and before[0].time_zone != practice.time_zone:
        _move_zone(con, before[0].time_zone, practice.time_zone)
    con.execute("delete from practice")
    con.execute(
        "insert into practice values (?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?)",
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
            practice.country,
        ],
    )
    if only is None:
        state_hours(con, practice)
        _relength(con, practice)
    by = policy(con, practice, key, before[0] if before else None)
    if only is not None:
        _renumber(con, by.renumbered)
    refile(con, by, key, only)
    _rename_in_hand_overs(con, practice)


def state_hours(con: duckdb.DuckDBPyConnection, practice: Practice) -> None:
    """State the practice's locations, its working hours, its list of days off and when each location is open."""
    for table in ("locations", "working_hours", "listed_days_off", "open_hours"):
        con.execute(f"delete from {table}")
    teams = {location.name: location.team for location in practice.locations}
    for order, name in enumerate([*practice.location_names, PRACTICE_WIDE]):
        con.execute("insert into locations values (?, ?, ?)", [name, order, teams.get(name)])
    con.executemany("insert into working_hours values (?, ?, ?)", [list(span) for span in practice.working_spans])
    if practice.days_off:
        con.executemany("insert into listed_days_off values (?, ?)", [list(days) for days in practice.days_off])
    for location in practice.locations:
        spans = location.open_spans or practice.working_spans
        con.executemany(
            "insert into open_hours values (?, ?, ?, ?, ?)", [[location.name, *span, bool(location.open)] for span in spans]
        )


def _relength(con: duckdb.DuckDBPyConnection, practice: Practice) -> None:
    """Give the interruptions of calendars that have no length of their own the practice's usual one."""
    for schema in schemas(con):
        con.execute(
            f"""update {schema}.log_rows set ends_at = starts_at + to_microseconds($length)
            where estimated and via = 'calendar'
                and source_id in (select source_id from {schema}.sources where kind = 'calendar')""",
            {"length": round(practice.usual_minutes * 60) * 1_000_000},
        )


def _renumber(con: duckdb.DuckDBPyConnection, renumbered: Mapping[str, str]) -> None:
    """Let what is filed by a rule say the number that the rule has now."""
    moved = {old: new for old, new in renumbered.items() if old != new}
    for column in ("decided_by", "location_by") if moved else ():
        con.execute(
            f"""update filings set {column} = m.new from (select unnest($old) as old, unnest($new) as new) as m
            where {column} = m.old""",
            {"old": list(moved), "new": list(moved.values())},
        )


def recorrect(con: duckdb.DuckDBPyConnection, by: Policy, key: Key) -> None:
    """Let every occurrence be filed by the owner's corrections as they are now."""
    names = ", ".join(f"f.{name}" for name in _COLUMNS)
    no_title = key.title("")
    for schema in schemas(con):
        found = con.execute(
            f"""select
                d.occurrence_id, d.uid, d.original, d.original_clock, d.filing_id,
                coalesce(f.correction_id, 0) as correction_id
            from {schema}.dated as d join filings as f using (filing_id)
            where f.correction_id is not null
                or d.uid in (select uid from corrections union all select uid from planned_blocks)"""
        ).fetchnumpy()
        wanted = by.corrections.of(
            *(np.ma.getdata(found[name]).astype(np.int64) for name in ("uid", "original", "original_clock"))
        )
        other = np.flatnonzero(wanted != np.ma.getdata(found["correction_id"]))
        if not len(other):
            continue
        pairs, which = np.unique(np.stack([found["filing_id"][other], wanted[other]], 1), axis=0, return_inverse=True)
        stored = con.execute(
            f"select f.filing_id, {names} from filings as f where list_contains($ids, f.filing_id)", {"ids": pairs[:, 0].tolist()}
        ).fetchall()
        texts = {number: Filed(*values) for number, *values in stored}
        filed = [refiled(_with_correction(texts[number], wish), by, no_title) for number, wish in pairs.tolist()]
        numbers = filings.numbers(con, filed)[which.ravel()]
        con.register("incoming", {"occurrence_id": found["occurrence_id"][other], "filing_id": numbers})
        con.execute(
            f"update {schema}.dated as d set filing_id = i.filing_id from incoming as i where d.occurrence_id = i.occurrence_id"
        )
        con.unregister("incoming")
    filings.prune(con)


def _with_correction(filed: Filed, number: int) -> Filed:
    if not number and filed.correction_id != PUT_ASIDE:
        return filed  # one that is taken back still says so: see refiled
    return replace(filed, correction_id=number or None)


def settle(con: duckdb.DuckDBPyConnection, practice: Practice, key: Key) -> None:
    """Everything that follows from the rows: copies, markers, slices, the notice."""
    slices.settle(con)
    con.execute("update practice set notice = ?", [marks.notice(con, practice, key)])


def refile(con: duckdb.DuckDBPyConnection, by: Policy, key: Key, only: Collection[str] | None = None) -> None:
    """File all that is stored by the rules as they are now; titles that become clinical are dropped.

    `only` are keys of titles or of groups of titles, where a change can be about no other.
    """
    names = ", ".join(_COLUMNS)
    among = "" if only is None else "where list_contains($only, title_key) or list_contains($only, group_key) or group_key = ''"
    stored = con.execute(
        f"select {names}, filing_id from filings {among} order by filing_id", {} if only is None else {"only": list(only)}
    ).fetchall()
    no_title = key.title("")
    changed = []
    for *values, filing_id in stored:
        before = Filed(*values)
        after = refiled(before, by, no_title)
        if after != before:
            changed.append((filing_id, before, after))
    filings.update(con, [(filing_id, after) for filing_id, _, after in changed])
    if any((b.title, b.place_text, b.categories) != (a.title, a.place_text, a.categories) for _, b, a in changed):
        con.execute("update about_file set rewrite_due = true")
    if only is None:
        for schema in schemas(con):
            _refile_log(con, f"{schema}.log_rows", by.filer)


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


def _rename_in_hand_overs(con: duckdb.DuckDBPyConnection, practice: Practice) -> None:
    """Let hand-overs say a location's new name, where its old one is another word for it now."""
    known = {folded(word): place.name for place in practice.locations for word in (place.name, *place.aliases)}
    for hand_over_id, name in con.execute("select hand_over_id, location from hand_over_locations").fetchall():
        now = known.get(folded(name), name)
        if now != name:
            con.execute(
                "delete from hand_over_locations where hand_over_id = ? and location in (?, ?)", [hand_over_id, name, now]
            )
            con.execute("insert into hand_over_locations values (?, ?)", [hand_over_id, now])


def _move_zone(con: duckdb.DuckDBPyConnection, old: str, new: str) -> None:
    """Keep the wall clock in another zone. Where the clocks change this loses an hour for good, so calendars with such
    times stay marked until their export is loaded again."""
    moved = "instant_at($new, timezone($old, {0}))".format
    zones = {"old": old, "new": new}
    for schema in schemas(con):
        con.execute(
            f"""update {schema}.sources set read_zone = read_zone || '{marks.MOVED}'
            where read_zone <> '' and not ends_with(read_zone, '{marks.MOVED}')"""
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
