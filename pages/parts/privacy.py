"""Whose data it is: what is stored, where it lies, and the ways to take it along, to keep a copy and to forget."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import streamlit as st
from pandas import DataFrame

from etl import backup, changes, leave, stored
from etl.backup_file import ENDING
from etl.store import open_read
from pages.parts import data, forget, restore_form
from pages.parts.doing import attempt
from pages.parts.format import size
from pages.parts.view import View

_MADE, _ROWS = "_made", 5


def draw(view: View) -> None:
    """All of it; of an empty program only the way back from a backup."""
    if data.stamp(view.db) is None:
        st.subheader("What is stored?", anchor=False)
        st.caption("Nothing is stored yet.")
    else:
        st.subheader("What is stored?", anchor=False)
        _contents(view)
        st.subheader("Where does it lie?", anchor=False)
        _places(view)
        st.subheader("Take it with you, or keep a copy?", anchor=False)
        _take_along(view)
    if not view.sample:
        st.subheader("Back to a backup?", anchor=False)
        restore_form.draw(view)
    if data.stamp(view.db) is not None:
        st.subheader("What shall be forgotten?", anchor=False)
        forget.draw(view)


def _contents(view: View) -> None:
    """One table at a time, column by column; its rows hold titles, so they are shown only where that is asked for."""
    st.markdown(
        "Everything that the program keeps, table by table. A *keyed mark* stands in for what is not stored: it tells two "
        "things apart, and nobody can read off it what they were."
    )
    with open_read(view.db) as con:
        table = str(st.selectbox("Table", stored.tables(con), key="stored_table", width=480))
        columns = stored.columns(con, table)
        st.markdown(stored.about(table))
        shown = {"Column": [column.name for column in columns], "What it holds": [column.meaning for column in columns]}
        asked = st.toggle(
            f"Show {_ROWS} real rows of it",
            key=f"stored_rows_{table}",
            help="They are yours, with titles and names where such are kept. Look who can see your screen.",
        )
        # Read anew each time, and kept in no cache.
        rows = stored.rows(con, table, _ROWS) if asked else []
    if asked and not rows:
        st.caption("There is no row in it.")
    for number, row in enumerate(rows, 1):
        shown[f"Row {number}"] = [value or "" for value in row]
    st.dataframe(
        DataFrame(shown),
        hide_index=True,
        height=38 + 35 * len(columns),  # all of them: a list that scrolls within the page hides its end
        key=f"stored_columns_{table}",
        column_config={
            "Column": st.column_config.TextColumn(width=165),
            "What it holds": st.column_config.TextColumn(width=None if rows else 800),
        },
    )


def _places(view: View) -> None:
    practice = changes.practice_file(view.db)
    st.markdown("All of it is on this machine, in this folder:")
    st.code(str(view.db.resolve().parent), language=None)
    there = stored.files(view.db, practice)
    st.dataframe(
        DataFrame(
            {
                "File": [each.name for each in there],
                "Size": [size(each.size) for each in there],
                "What it is": [each.what for each in there],
            }
        ),
        hide_index=True,
        key="stored_files",
    )
    if practice.is_file() and practice.resolve().parent != view.db.resolve().parent:
        st.markdown("Your settings lie elsewhere, in the folder")
        st.code(str(practice.resolve().parent), language=None)
    st.caption("It is not encrypted: turn on the encryption of your disk, and lock your account.")


def _take_along(view: View) -> None:
    today = f"{view.facts.today if view.facts else datetime.now().astimezone().date()}"
    st.markdown(
        "**Take everything with me**: a zip with a folder of tables that any spreadsheet opens, your practice.toml, and a "
        "list of what each column means. It can be read without this program, and is no backup."
    )
    _offer(view, "leave", "Take everything with me", lambda: leave.as_zip(view.db), f"owner-time-{today}.zip")
    if view.sample:
        st.caption("The sample is made anew every day, so there is nothing to back up.")
        return
    st.markdown(
        "**Back up**: one file from which everything can be restored as it is now, the key and practice.toml included. "
        "It holds your titles like the database does: keep it where only you can get at it."
    )
    _offer(view, "backup", "Back up", lambda: backup.as_bytes(view.db), f"owner-time-{today}{ENDING}")


def _offer(view: View, what: str, ask: str, make: Callable[[], bytes], file_name: str) -> None:
    """A button that makes a file in memory, then the one that hands it over, as long as it is of the present state.

    Streamlit would make it at the click by itself, but then a failure (another program has the database open) would have no
    sentence on the page.
    """

    def made() -> None:
        st.session_state[_MADE] = (what, data.stamp(view.db), make())

    kept = st.session_state.get(_MADE)
    if kept is None or kept[:2] != (what, data.stamp(view.db)):
        if st.button(ask, key=what, icon=":material/download:") and attempt(made, "Gathering everything, and making the file …"):
            st.rerun()
        return
    st.download_button(
        f"Save {file_name}, {size(len(kept[2]))}",
        kept[2],
        file_name,
        "application/octet-stream" if file_name.endswith(ENDING) else "application/zip",
        key=f"{what}_save",
        on_click="ignore",
        type="primary",
        icon=":material/save:",
    )
