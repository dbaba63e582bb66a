"""The sample practice: made up to end today, loaded like any other files, into a database of its own."""

import shutil
import tempfile
from datetime import date
from pathlib import Path

from data.sample.generate import handed_over, write
from etl import hand_overs
from etl.changes import practice_file
from etl.keyed import key_path
from etl.model import Progress, Refused
from etl.pipeline import LoadReport, load
from etl.store import holds_sample, open_read, open_write, remove_database


def load_sample(db: Path, last: date, say: Progress | None = None) -> list[LoadReport]:
    """Make the sample practice's database anew, its last day being `last`; where a file of it is refused (a full disk),
    the old one stays. Raises Refused over an owner's database."""
    if db.exists():
        with open_read(db) as con:
            if not holds_sample(con):
                raise Refused(
                    db.name,
                    "this database holds a practice of its own, and the sample is not mixed with it",
                    "Name a new database with --db",
                )
    with tempfile.TemporaryDirectory() as folder:
        files = write(Path(folder), last)
        new = db.with_name(db.name + ".making")
        remove_database(new)
        try:
            with open_write(new, is_sample=True):
                pass
            practice = next(f for f in files if f.name == "practice.toml")
            reports = load([f for f in files if f != practice], new, practice, say=say, into_sample=True)
            if any(report.refused for report in reports):
                return reports
            for each in handed_over(last):
                hand_overs.keep(new, hand_overs.HandOver(**each))
            remove_database(db)
            key_path(new).replace(key_path(db))
            new.replace(db)
        finally:
            remove_database(new)
        shutil.copyfile(practice, practice_file(db))
    return reports
