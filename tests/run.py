"""Runs every test with a Chromium and libical at hand: `python start.py test [pytest's arguments]` ends here."""

from __future__ import annotations

import os
import subprocess
import sys

from tests import libical
from tests.chromium import fetch, find

MISSING = "NO CHROMIUM could be found or installed. Install Chromium or Chrome, or set CHROMIUM to the path of one."


def main(arguments: list[str]) -> int:
    """Run pytest with these arguments and return its exit status; 1 without a Chromium where CI=true."""
    chromium = find() or fetch()
    if not chromium and os.environ.get("CI") == "true":
        print(f"*** {MISSING} ***", file=sys.stderr)
        return 1
    warning = "" if chromium else f"\n*** {MISSING} The browser tests are SKIPPED. ***\n"
    print(warning or f"Browser: {chromium}", flush=True)
    if not libical.is_here():
        libical.fetch()
    env = os.environ | {"OWNER_TIME_CHROMIUM": chromium}
    # A file on one process, in the order of tests/conftest.py; three of them, for the browser tests wait more than they work.
    spread = ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder", "--durations", "30"]
    command = [sys.executable, "-m", "pytest", *(arguments or spread)]
    status = subprocess.run(command, env=env, check=False).returncode
    print(warning, end="", flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
