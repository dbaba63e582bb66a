"""Where the rows of a source are: those that hold, and those kept as the last load found them."""

import duckdb

TABLES = ("sources", "exports", "gone", "load_notes", "dated", "log_rows")
"""All that belongs to one source, by its `source_id`."""

BEFORE = "before_load"
"""The schema with the same tables, of the sources that the last load changed, as they were."""


def schemas(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Where these tables are: what is changed by hand is changed in each of them."""
    found = con.execute(
        "select count(*) from duckdb_schemas() where schema_name = ? and database_name = current_database()", [BEFORE]
    )
    return ["main", BEFORE] if found.fetchall()[0][0] else ["main"]
