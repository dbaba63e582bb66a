"""Where the time of a command goes: with $OWNER_TIME_TIMES set, a line `time <step> <milliseconds>` each on standard error.

The variable holds the moment at which the command was started (seconds since 1970), so that starting Python counts too.
"""

import os
import sys
import time

_began = float(os.environ.get("OWNER_TIME_TIMES") or 0)
_last = _began
_laps: dict[str, float] = {}


def lap(step: str) -> None:
    """The time since the last lap was spent on this step."""
    global _last
    if _began:
        now = time.time()
        _laps[step] = _laps.get(step, 0.0) + now - _last
        _last = now


def tell() -> None:
    """Print all laps."""
    for step, seconds in _laps.items():
        print(f"time {step} {seconds * 1000:.1f}", file=sys.stderr)
