"""What is stored, as one value to compare: whether a database is in its old state, its new one, or between."""

from pathlib import Path
from typing import Any

from etl import marts
from etl.store import open_read
from tests.making import calendar, event

State = tuple[tuple[Any, ...], ...]

QUERIES = (
    """select starts_at::varchar, ends_at::varchar, all_day, title, place_text, calendar, counted, role, location
    from occurrences order by all""",
    "select name, file_name, covers_from::varchar, covers_to::varchar from sources order by all",
    "select starts_at::varchar, ends_at::varchar, role, location from time_slices order by all",
)
# The newer export has events changed, gone and new, and a clinical title, whose bytes must leave the file: it is written anew.
OLD = calendar(
    "Work",
    *(event(f"Rota {n}", f"2026-{1 + n // 28:02}-{1 + n % 28:02} 09:00", "10:00", place="North", uid=f"{n}") for n in range(120)),
)
NEW = calendar(
    "Work",
    *(event(f"Rota {n}", f"2026-{1 + n // 28:02}-{1 + n % 28:02} 09:30", "11:00", uid=f"{n}") for n in range(20, 150)),
    event("Surgery list", "2026-01-20 12:00", "13:00"),
)


def state(db: Path) -> State | None:
    """What is stored; None where there is no database. AssertionError where it breaks a rule of counting."""
    if not db.exists():
        return None
    with open_read(db) as con:
        broken = [invariant for _, invariant, times in marts.ask(con, "check").fetchall() if times]
        assert broken == []
        return tuple(tuple(con.execute(query).fetchall()) for query in QUERIES)


def names(folder: Path) -> list[str]:
    """The files in a folder."""
    return sorted(path.name for path in folder.iterdir())
