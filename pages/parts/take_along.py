"""What can be taken along of a page's days and locations: the coach's page, a workbook, tables; each made at the click."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import streamlit as st

from etl import along
from etl.along import Account, Asked
from etl.along.written import Pen
from pages.parts.country import here
from pages.parts.picture import KEPT_AS, KINDS
from pages.parts.trouble import quietly
from pages.parts.view import View


class _File(NamedTuple):
    label: str
    ending: str
    mime: str
    icon: str
    make: Callable[[Account], bytes]


FILES = (
    _File("The coach's page", "html", "text/html", ":material/print:", lambda of: along.page(of).encode()),
    _File(
        "Excel workbook", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ":material/table:",
        along.workbook,
    ),
    _File("CSV tables", "zip", "application/zip", ":material/folder_zip:", lambda of: along.zipped(along.csv_files(of))),
)  # fmt: skip


def take_along(view: View, page: str) -> None:
    """The foot of the page at the address `page`."""
    st.subheader("Take it along", anchor=False)
    st.markdown("These days and locations as one page to print, as a workbook and as tables, with the numbers of these pages.")
    words = st.checkbox(
        "With words: topics, what you handed over and to whom, and the practice's name",
        key=f"words_{page}",
        help="Without, topics and hand-overs are numbered. Who asked is left out either way; locations keep their names.",
    )
    these = view.days
    asked = Asked(
        these.from_day, these.to_day, these.before_from, these.before_to, view.locations, these.grain, words,
        Pen(here().decimal, here().day),
    )  # fmt: skip
    with st.container(horizontal=True):
        for file in FILES:
            st.download_button(
                file.label,
                quietly(partial(_made, view, asked, file)),  # called at the click, in a thread that has no page
                f"owner-time-{these.from_day}-to-{these.to_day}.{file.ending}",
                file.mime,
                key=f"along_{page}_{file.ending}",
                icon=file.icon,
                on_click="ignore",
            )

    left, right = st.columns([3, 2], vertical_alignment="center")
    left.markdown("Each picture alone: point at it, or go to it by Tab, and press the camera above its right corner.")
    key = f"{KEPT_AS}_{page}"
    right.segmented_control(
        "Pictures are kept as", KINDS, default=st.session_state.get(KEPT_AS, KINDS[0]), key=key, required=True,
        help="SVG stays sharp at any size; PNG is read by every program.",
        on_change=lambda: st.session_state.update({KEPT_AS: st.session_state[key]}),
    )  # fmt: skip


def _made(view: View, asked: Asked, file: _File) -> bytes:
    """The bytes of a file."""
    return file.make(along.of(view.db, asked))
