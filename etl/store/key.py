"""The key that lies beside the database, readable by its owner only."""

import os
import secrets
from pathlib import Path

import duckdb

from etl.keyed import Key, key_path
from etl.store.connection import StoreError


def open_key(con: duckdb.DuckDBPyConnection, db: Path) -> Key:
    """The key that belongs to this database; made, readable by its owner only, for a new one.

    Raises StoreError where the key of a filled database is gone or another's.
    """
    stored = con.execute("select key_check from about_file").fetchall()[0][0]
    path = key_path(db)
    if not path.exists():
        if stored:
            raise StoreError(
                f"{path.name}: this file is missing beside {db.name}. Copy it from where the database came from;"
                " without it nothing can be loaded into this database."
            )
        _make(path)
    key = Key(path.read_bytes())
    check = key.hash("owner-time")
    if not stored:
        con.execute("update about_file set key_check = ?", [check])
    elif stored != check:
        raise StoreError(f"{path.name}: this key belongs to another database than {db.name}. Copy the right one beside it.")
    return key


def _make(path: Path) -> None:
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return  # another process made it in this moment; its key is as good
    with os.fdopen(handle, "wb") as f:
        f.write(secrets.token_bytes(32))
        f.flush()
        os.fsync(f.fileno())
