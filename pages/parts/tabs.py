"""The parts of a page, and which of them is open: the address holds it, under a name of the page's own.

Under one name for all pages, Streamlit takes the part of the page that is left along to the next, over what a link asks for.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.elements.lib.mutable_tab_container import TabContainer


def of(page: str, names: Sequence[str]) -> Sequence[TabContainer]:
    """The parts of the page at the address `page`; only what stands in the open one needs to be drawn."""
    return st.tabs(list(names), key=_key(page), bind="query-params", on_change="rerun")


def stays(page: str, part: TabContainer) -> bool:
    """Whether a part with a form is drawn: once it was open in this window, always, so that what is typed in it stays."""
    opened: set[str] = st.session_state.setdefault("_begun_parts", set())
    if part.open:
        opened.add(page)
    return page in opened


def at(page: str, name: str) -> dict[str, str]:
    """What a link has in its address to open this part of the page."""
    return {_key(page): name}


def way(page: str, name: str, words: str, icon: str, *, here: bool) -> None:
    """A way to a part of a page, called `words`; `here`: of the page that is shown.

    There a link would open it on the server alone: the browser keeps its own open part, and goes back to it with the next click.
    """
    if here:
        st.button(words, key=f"to_{name}", icon=icon, type="tertiary", on_click=_open, args=(page, name))
    else:
        st.page_link(f"pages/{page}.py", label=words, icon=icon, query_params=at(page, name))


def asked(page: str) -> set[str]:
    """The part that a click on it or a link has opened, before it is drawn; both where they differ."""
    found = (st.session_state.get(_key(page)), st.query_params.get(_key(page)))
    return {name for name in found if name}


def _open(page: str, name: str) -> None:
    st.session_state[_key(page)] = name


def _key(page: str) -> str:
    return f"{page}_part"
