"""Who may use a file now, among the threads of this process: one who writes, or all who read."""

import contextlib
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

COURTESY = 0.5
"""Seconds for which those who want to read let one go first who waits to write: by then nobody reads any more."""


class Gate:
    """Of one file. DuckDB refuses a thread while another one of the process has it open otherwise, and tells nobody when."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._readers: Counter[int] = Counter()
        self._waiting = 0
        self._writing = False
        self.writes = 0
        """How often it was let go after writing."""

    @contextlib.contextmanager
    def to_read(self, patience: float) -> Iterator[bool]:
        """Entered with whether it may be read, after so many seconds at most. Who reads already may once more."""
        me = threading.get_ident()
        with self._changed:
            if me not in self._readers:
                self._changed.wait_for(lambda: not self._waiting and not self._writing, min(COURTESY, patience))
            free = me in self._readers or self._changed.wait_for(lambda: not self._writing, patience)
            self._readers[me] += free
        try:
            yield free
        finally:
            with self._changed:
                self._readers[me] -= free
                self._readers = +self._readers
                self._changed.notify_all()

    @contextlib.contextmanager
    def to_write(self, patience: float) -> Iterator[bool]:
        """Entered with whether it may be written, after so many seconds at most."""
        with self._changed:
            self._waiting += 1
            free = self._changed.wait_for(lambda: not self._writing and not self._readers, patience)
            self._waiting -= 1
            self._writing = self._writing or free
            self._changed.notify_all()
        try:
            yield free
        finally:
            with self._changed:
                self._writing = self._writing and not free
                self.writes += free
                self._changed.notify_all()


_GATES: dict[Path, Gate] = {}
_ALONE = threading.Lock()


def gate(path: Path) -> Gate:
    """The one of this file."""
    with _ALONE:
        return _GATES.setdefault(path.resolve(), Gate())
