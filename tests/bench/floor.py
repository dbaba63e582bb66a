"""What a Streamlit page cannot go below on this machine: the page of ../shared/tools/page_floor.py, with as many pictures."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from tests.bench.decade import tool
from tests.browser.server import Server, serving

_GRID = "for row in range(2):\n    for col, box in enumerate(st.columns(2)):\n        k = row * 2 + col\n"
_ASKED = (
    "charts = int(st.query_params.get('charts', '4'))\n"
    "for row in range((charts + 1) // 2):\n    for col, box in enumerate(st.columns(2)):\n        k = row * 2 + col\n"
    "        if k >= charts:\n            continue\n"
)


@contextlib.contextmanager
def floor(folder: Path) -> Iterator[Server]:
    """Serve it; `?charts=` says how many pictures."""
    with serving(folder, str(page(folder))) as server:
        yield server


def page(folder: Path) -> Path:
    """The page's file."""
    code = str(tool("page_floor").GO_CHARTS)
    asked = code.replace(_GRID, _ASKED)
    if asked == code:
        raise ValueError("page_floor.py has changed: its pictures are not where they were")
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "floor.py"
    file.write_text(asked, "utf-8")
    return file
