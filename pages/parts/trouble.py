"""What a session's error comes to: a sentence, a way on, and a line in a file that says where in the code, never about what."""

from __future__ import annotations

import contextlib
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from streamlit.runtime import fragment
from streamlit.runtime.scriptrunner import exec_code

from etl.model import Refused
from etl.store import default_path
from etl.store.connection import StoreError
from pages.parts.format import label

ROOT = Path(__file__).parents[2]
OURS = ("app.py", "etl", "pages")
_DOOR = "handle_user_script_exception"
LINES = 300  # of the log that stay; it is cut when it holds twice as many
SENTENCE = (
    "This page could not be drawn. What is stored is whole; look whether your last step is in it. If it stays so, please report: "
)

_writing = threading.Lock()  # windows that meet an error at the same moment


def take_over() -> None:
    """From now on every error that no page caught comes here: of a callback, of a fragment, of what runs before a page.

    Streamlit would print its message, which may hold a title, and show a box with no way on. This is the one function of
    its that all of them go through; it has a public door (st.App) only for servers that are started another way.
    """
    for module in (exec_code, fragment):
        setattr(module, _DOOR, _uncaught)


def tell(error: Exception) -> None:
    """Log an error and show it: its own words where they are ours, else where in the code it was."""
    where = note(error)
    ours = isinstance(error, (Refused, StoreError))
    st.error(label(str(error) if ours else f"{SENTENCE}{where}.", 1000), icon=":material/error:")
    # Loaded anew, the page begins with no filter and nothing open; a button of Streamlit's would keep what the browser remembers.
    address = urlsplit(st.context.url or "")
    kept = "?sample=1" if "sample=1" in address.query else ""
    here = f"/{address.path.lstrip('/')}"  # two slashes would be another machine's address
    ways = {f"{here}{kept}": "Open this page anew, without filters", f"/{kept}": "Back to the beginning"}
    st.html(" · ".join(f'<a href="{escape(way)}">{words}</a>' for way, words in ways.items()))


def note(error: Exception) -> str:
    """Write an error to the log beside the database; return its kind and place, `KeyError at pages/roles.py, line 12`."""
    frames = [(Path(frame.filename), frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    inside = [(path.relative_to(ROOT), line) for path, line in frames if path.is_relative_to(ROOT)]
    ours = [(path.as_posix(), line) for path, line in inside if path.parts[0] in OURS]
    place, line = ours[-1] if ours else ("outside Owner Time", 0)
    said = f"{type(error).__name__} at {place}, line {line}"
    with contextlib.suppress(OSError), _writing:  # the disk may be full, which may be what went wrong
        _append(log_path(), f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC  {said}\n")
    return said


def quietly(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """The same for a file that is made when its download is clicked: Streamlit prints what goes wrong there, whole."""

    def made() -> bytes:
        try:
            return make()
        except Exception as error:  # noqa: BLE001 - whatever it is, its message may hold a title
            raise RuntimeError(note(error)) from None

    return made


def log_path() -> Path:
    """The log's file: beside the owner's database, also where the sample is looked at."""
    return default_path().with_suffix(".log")


def _append(log: Path, line: str) -> None:
    kept = log.read_text("utf-8", errors="replace").splitlines(keepends=True) if log.exists() else []
    if len(kept) >= 2 * LINES:
        log.write_text("".join(kept[-LINES:]) + line, "utf-8")
        return
    with log.open("a", encoding="utf-8") as file:
        file.write(line)


def _uncaught(error: Exception, _handler: object = None) -> None:
    tell(error)
