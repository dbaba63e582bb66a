"""What is taken along of a period: one page for the coach, a workbook, tables; all of one account, made by the marts.

Without `words`, nothing in it was written by anybody: topics and hand-overs are numbered, the practice has no name, who asked is
left out. Locations keep their names.
"""

from pathlib import Path

from etl.along.account import Account, account
from etl.along.asked import Asked
from etl.along.page import page
from etl.along.sheets import csv_files, workbook
from etl.bundle import zipped
from etl.store import open_read

__all__ = ["Account", "Asked", "account", "csv_files", "of", "page", "workbook", "zipped"]


def of(db: Path, asked: Asked) -> Account:
    """The account of a period. Raises StoreError where the database cannot be read."""
    with open_read(db) as con:
        return account(con, asked)
