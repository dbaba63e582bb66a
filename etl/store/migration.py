"""From the tables of earlier versions to those of today, with nothing read again and nothing lost."""

import duckdb
import numpy as np

from etl import marks, recount
from etl.keyed import Key
from etl.practice import Practice
from etl.store import write
from etl.store.kept import BEFORE, schemas
from etl.transform import slices
from etl.transform.rows import LEFT_OUT, occurrence_ids

_KEPT = ("practice", "locations", "sources", "load_notes", "log_rows", "log_forgotten")
"""Tables that are as they were in version 1, perhaps with columns added."""
_KEPT_SINCE_2 = ("exports", "gone", "filings", "dated", "settled", "last_load", "last_load_sources")
_KEPT_SINCE_3 = ("corrections", "forgotten_titles", "forgotten_before")
_KEPT_SINCE_4 = ("hand_overs", "hand_over_locations", "planned_blocks", "log_verdicts", "stopwatch")
_NEW = (
    ("sources", "read_pulls varchar default ''"),
    ("log_rows", "estimated boolean default false"),
    ("log_rows", "uid bigint"),
    ("log_rows", "occurrence_id bigint"),
    ("log_rows", "export_id integer"),
    ("log_rows", "place_dropped boolean default false"),
    ("log_rows", "origins varchar[]"),
)
"""Columns that what the last load changed has to have too, so that it can be put back."""
_FILED = "title, title_key, title_location, place_text, categories, calendar, all_day, role, activity, decided_by, own_location"


def bring_up_to_date(con: duckdb.DuckDBPyConnection, schema: str, version: int, key: Key | None) -> None:
    """Make the tables of today and fill them, within the transaction that is open.

    Without its key a file can be looked at all the same; titles get the keys of their groups when all is filed again.
    """
    old = con.execute("select schema_version from about_file").fetchall()[0][0]
    kept = (
        *_KEPT,
        *(("occurrences",) if old == 1 else _KEPT_SINCE_2),
        *(_KEPT_SINCE_3 if old > 2 else ()),
        *(_KEPT_SINCE_4 if old > 3 else ()),
    )
    for table in ("about_file", *kept):
        con.execute(f"create temp table old_{table} as from main.{table}")
    _drop_all(con)
    con.execute(schema)
    con.execute("insert into about_file by name select * replace (? as schema_version) from old_about_file", [version])
    for table in kept:
        if table != "occurrences":
            con.execute(f"insert into {table} by name from old_{table}")
    if old == 1:
        _from_1(con)
    if BEFORE in schemas(con):
        for table, column in _NEW:
            con.execute(f"alter table {BEFORE}.{table} add column if not exists {column}")
    _drop_places(con)
    for table in ("about_file", *kept):
        con.execute(f"drop table old_{table}")
    if stored := recount.stored_practice(con):
        practice, _ = stored
        recount.state_hours(con, practice)
        if con.execute("select notice = '' from practice").fetchall()[0][0]:  # else what it says still holds
            con.execute("update sources set read_rules = ?", [marks.rules_mark(practice)])
        _mark_pulls(con, practice)
        if key:
            recount.refile(con, recount.policy(con, practice, key), key)
        slices.settle(con)


def _mark_pulls(con: duckdb.DuckDBPyConnection, practice: Practice) -> None:
    """Let what was read by this practice bear today's mark of it, whose recipe changes with the program; what the notice asks
    for again keeps its own."""
    notice = con.execute("select notice from practice").fetchall()[0][0].splitlines()
    asked = [line for line in notice if marks.OTHER_PULLS in line]
    for schema in schemas(con):
        for source_id, name in con.execute(f"select source_id, name from {schema}.sources where kind = 'calendar'").fetchall():
            if not any(f"“{name}” again" in line for line in asked):
                mark = marks.pulls_mark(practice, name)
                con.execute(f"update {schema}.sources set read_pulls = ? where source_id = ?", [mark, source_id])


def _drop_places(con: duckdb.DuckDBPyConnection) -> None:
    """Of the place of an interruption in a calendar only the location that it names is kept; version 4 kept its words."""
    for schema in schemas(con):
        dropped = con.execute(
            f"""update {schema}.log_rows
            set about_text = nullif(about_location, 'Practice-wide'), place_dropped = about_location = 'Practice-wide'
            where about_text is not null and source_id in (select source_id from {schema}.sources where kind = 'calendar')"""
        ).fetchall()[0][0]
        if dropped:
            con.execute("update about_file set rewrite_due = true")


def _from_1(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        """insert into exports by name
        select row_number() over (order by source_id) as export_id, source_id, content_key from sources where kind = 'calendar'"""
    )
    con.execute(
        f"""insert into filings by name
        select row_number() over () as filing_id, * from (select distinct {_FILED} from old_occurrences)"""
    )
    _fill_dated(con)


def _drop_all(con: duckdb.DuckDBPyConnection) -> None:
    named = "from duckdb_{}() where not internal and schema_name = 'main' and database_name = current_database()"
    for kind, names in (
        ("view", "select view_name " + named.format("views")),
        ("macro", "select distinct function_name " + named.format("functions")),
        ("table", "select table_name " + named.format("tables")),
    ):
        for (name,) in con.execute(names).fetchall():
            con.execute(f'drop {kind} "{name}" cascade')


def _fill_dated(con: duckdb.DuckDBPyConnection) -> None:
    """The old original start was text: 20260105, 20260105T090000 (a wall clock) or 20260105T090000Z; the UID 16 hex digits."""
    same = " and ".join(f"o.{name} is not distinct from f.{name}" for name in _FILED.split(", "))
    old = con.execute(
        f"""select
            o.source_id, e.export_id, o.uid, o.uid_order, f.filing_id,
            epoch(strptime(left(o.original || 'T000000', 15), '%Y%m%dT%H%M%S'))::bigint as original,
            case when ends_with(o.original, 'Z') then 0 when length(o.original) = 8 then 2 else 1 end as original_clock,
            epoch_us(o.starts_at) as starts_at, epoch_us(o.ends_at) as ends_at,
            case when o.all_day then 2 when o.floating then 1 else 0 end as clock,
            list_position(['', 'cancelled', 'declined', 'free'], o.status) - 1 as status,
            coalesce(list_position({list(LEFT_OUT)}, o.left_out_because), 0) as left_out
        from old_occurrences as o join exports as e using (source_id) join filings as f on {same}"""
    ).fetchnumpy()
    columns = {name: np.ma.getdata(column) for name, column in old.items()}
    columns["uid"] = np.array([int(uid, 16) for uid in columns["uid"]], np.uint64).astype(np.int64)
    ids = np.zeros(len(columns["uid"]), np.int64)
    for source_id in set(columns["source_id"].tolist()):
        of = columns["source_id"] == source_id
        ids[of] = occurrence_ids(columns["uid"][of], columns["original"][of], columns["original_clock"][of], source_id)
    columns["occurrence_id"] = ids
    write.insert_columns(con, "dated", columns, starts_at="make_timestamptz(starts_at)", ends_at="make_timestamptz(ends_at)")
