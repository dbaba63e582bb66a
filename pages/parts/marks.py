"""The marks of a picture in words, for those who choose one by the keyboard."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import plotly.graph_objects as go

from pages.parts.charts_base import OWN_WORDS

_PLACE = re.compile(r"%\{customdata\[(\d+)\]\}")
_NOTHING = re.compile(r": 0 (?:min|h|interruptions)\b")


def of(drawn: go.Figure) -> Iterator[tuple[str, Any]]:
    """Each mark that stands for some hours: what is said where the mouse rests on it, and its `customdata`."""
    for trace in drawn.data:
        points, said = trace.customdata, trace.hovertemplate
        if points is None or said is None:
            continue
        said, last = trace.hovertext if said == OWN_WORDS else said, None
        for place, point in enumerate(points):
            if point is None or point == last:  # a mark of nothing, which opens nothing, or one more of the same
                continue
            words = _in_words(said if isinstance(said, str) else said[place], point)
            if not _NOTHING.search(words):
                last = point
                yield words, point


def _in_words(template: str, point: Any) -> str:
    """A stranger's words among them are as they were: a list to choose from reads no markup."""
    filled = _PLACE.sub(lambda found: str(point[int(found[1])]), template)
    return html.unescape(filled.partition("<extra>")[0])
