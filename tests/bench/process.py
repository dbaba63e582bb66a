"""Whole processes by the clock. Imports next to nothing: on Linux a child's peak memory begins at that of its parent."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Ran:
    """What one process took and said."""

    ms: float
    megabytes: float
    out: str
    err: str


@dataclass(slots=True)
class Figures:
    """One thing measured several times."""

    ms: list[float] = field(default_factory=list)
    megabytes: float = 0
    steps: dict[str, list[float]] = field(default_factory=dict)

    @property
    def least(self) -> float:
        """Milliseconds."""
        return min(self.ms)

    @property
    def median(self) -> float:
        """Milliseconds."""
        return statistics.median(self.ms)

    def add(self, ran: Ran) -> None:
        """Count one process in; lines `time <step> <milliseconds>` of its stderr are its steps."""
        self.ms.append(ran.ms)
        self.megabytes = max(self.megabytes, ran.megabytes)
        for line in ran.err.splitlines():
            if line.startswith("time "):
                _, step, ms = line.split()
                self.steps.setdefault(step, []).append(float(ms))


def run(command: Sequence[str | Path], **env: str) -> Ran:
    """Run a process to its end. Raises RuntimeError with what it said where it fails."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begun = time.perf_counter()
        process = subprocess.Popen(
            [*map(str, command)], cwd=ROOT, env=os.environ | env, stdin=subprocess.DEVNULL, stdout=out, stderr=err
        )
        _, status, used = os.wait4(process.pid, 0)
        ms = (time.perf_counter() - begun) * 1e3
        process.returncode = os.waitstatus_to_exitcode(status)
        said = []
        for stream in (out, err):
            stream.seek(0)
            said.append(stream.read().decode(errors="replace"))
    if process.returncode:
        raise RuntimeError(f"{command[0]} gave {process.returncode}: {said[1].strip() or said[0].strip()}")
    kilobytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Ran(ms, kilobytes / 1024, *said)


def by_turns(rounds: int, *each: Callable[[], Ran]) -> list[Figures]:
    """Measure several things by turns, so that a machine that slows down slows all of them; one turn before warms up."""
    figures = [Figures() for _ in each]
    for turn in range(rounds + 1):
        for measure, figure in zip(each, figures, strict=True):
            ran = measure()
            if turn:
                figure.add(ran)
    return figures
