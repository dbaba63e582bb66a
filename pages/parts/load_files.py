"""Upload and load: one or many files, progress while they are read, a report of each, and what has to be asked of a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import streamlit as st
from pandas import DataFrame

from etl import changes, pipeline
from etl.changes import LastLoad
from etl.extract.dates import ASK
from etl.model import Refused
from etl.pipeline import LoadReport, SourceReport
from etl.store.connection import StoreError
from pages.parts import columns_form, doing, shell, tabs
from pages.parts.columns_form import Asked
from pages.parts.format import count, day, exact, label
from pages.parts.picture import numbers

_ASKED, _FILES, _LAST, _REFUSED, _REPORTS, _ROUND = "_asked", "_files", "_last", "_refused", "_reports", "_round"
_KINDS = {"calendar": "Calendar", "interruptions": "Interruption log"}
_ORDERS = {"dmy": "Day first: 3/4 is 3 April", "mdy": "Month first: 3/4 is March 4"}
_ASKS_ORDER = "--date-order"


def upload(db: Path, *, on_data: bool = False) -> None:
    """The uploader, and what came of the files loaded last."""
    now = st.session_state.setdefault(_ROUND, 0)
    files = st.file_uploader(
        "Calendars, tables of appointments and interruption logs (.ics, .zip, .csv, .xlsx)",
        type=None,
        accept_multiple_files=True,
        key=f"upload_{now}",
        help="They are read on this machine and go nowhere else.",
    )
    if files:
        many = count(len(files), "file")
        if st.button(f"Load {many}", type="primary", icon=":material/download:", key="load"):
            _load([(file.name, file.getvalue()) for file in files], db)
    reports(on_data)
    _undo(db)
    _replace(db)
    _columns(db)
    _date_order(db)


def _load(files: list[tuple[str, bytes]], db: Path, date_order: str | None = None, replace: bool = False) -> None:
    """Load, keep the reports for the next run, and start the run anew so that everything is drawn from the new state."""
    found: list[LoadReport] | None = None
    refusal = ""
    with st.status("Reading …", expanded=True) as status:
        bar = st.progress(0.0)

        def tell(what: str, part: float) -> None:
            bar.progress(min(max(part, 0.0), 1.0), text=label(what))

        try:
            before = changes.last_load(db)
            found = pipeline.load(files, db, None, date_order=date_order, replace=replace, say=tell, as_stored=True)
            last = changes.last_load(db)
            st.session_state[_LAST] = last if last != before else None
            status.update(label="Done", state="complete")
        except (Refused, StoreError) as error:
            status.update(label="Nothing was loaded", state="error", expanded=False)
            refusal = str(error)
    if found is None:
        shell.say(refusal)
        return
    st.session_state[_REPORTS] = found
    st.session_state[_FILES] = [file for file, report in zip(files, found, strict=True) if asks_date_order(report)]
    refused = [file for file, report in zip(files, found, strict=True) if report.asks_replace]
    st.session_state[_REFUSED] = (refused, date_order)
    waiting: list[Asked] = st.session_state.get(_ASKED) or []
    st.session_state[_ASKED] = [
        *(each for each in waiting if each.name not in dict(files)),
        *(Asked(*file, report.asks_columns) for file, report in zip(files, found, strict=True) if report.asks_columns),
    ]
    st.session_state[_ROUND] += 1
    st.rerun()


def asks_date_order(report: LoadReport) -> bool:
    """True when a file's dates can be read two ways: refused for it, or read the likelier way with a note."""
    return report.asks_date_order or any(_ASKS_ORDER in note.text for note in report.notes)


def for_page(text: str) -> str:
    """A sentence that names an option of the command line, told for the page, where the question stands below."""
    asked = text.replace(ASK, "Say below which it is")
    return re.sub(r"load it again with --(date-order \w+, or say so on the Data page|replace)", "say so below", asked)


def _undo(db: Path) -> None:
    """The way back from what was just loaded, as long as nothing else was loaded since."""
    last: LastLoad | None = st.session_state.get(_LAST)
    if last and changes.last_load(db) == last and st.button("Undo this load", key="undo_load", icon=":material/undo:"):
        undo_load(db, last)


def undo_load(db: Path, last: LastLoad) -> None:
    """Undo it, and say so on the next page."""
    if doing.attempt(lambda: changes.undo_last_load(db, last), "Putting everything back as it was …"):
        forget_reports()
        doing.done("The last load is undone. Everything is counted anew.")
        st.rerun()


def _replace(db: Path) -> None:
    """Whether an export may take away much of what is known. Its bytes stay in the session's memory until it is said."""
    files, date_order = st.session_state.get(_REFUSED) or ([], None)
    if not files:
        return
    with st.container(border=True, key="replace"):
        st.markdown(
            f"**Replace them all the same?** {_named(files)} would take away more than a third of the past hours that are "
            "known. That is right where you cleaned up; it is wrong where the export was cut short or is of another calendar."
        )
        with st.container(horizontal=True):
            if st.button("Replace them all the same", key="replace_yes"):
                st.session_state.pop(_REFUSED)
                _load(files, db, date_order, replace=True)
            if st.button("Keep what is stored", key="replace_no", type="primary"):
                st.session_state.pop(_REFUSED)
                st.session_state.pop(_REPORTS, None)
                st.rerun()


def _columns(db: Path) -> None:
    waiting: list[Asked] = st.session_state.get(_ASKED) or []
    if not waiting:
        return
    settled, load = columns_form.draw(db, waiting)
    if settled:
        st.session_state[_ASKED] = [each for each in waiting if each not in settled]
        if load:
            _load([(each.name, each.data) for each in settled], db)
        st.rerun()


def _date_order(db: Path) -> None:
    files: list[tuple[str, bytes]] = st.session_state.get(_FILES) or []
    if not files:
        return
    with st.form("date_order", border=True):
        st.markdown(f"**Day first or month first?** The dates in {_named(files)} can be read two ways.")
        order = st.radio("Order of the dates", list(_ORDERS), format_func=_ORDERS.__getitem__, horizontal=True)
        if st.form_submit_button("Load again in this order", type="primary"):
            _load(files, db, str(order))


def _named(files: Sequence[tuple[str, bytes]]) -> str:
    return label(files[0][0]) if len(files) == 1 else f"{len(files)} files"


def reports(on_data: bool) -> None:
    """What became of each file that was loaded last; of one whose columns are asked about, the question itself stands below."""
    found: list[LoadReport] = [report for report in st.session_state.get(_REPORTS) or [] if not report.asks_columns]
    for place, report in enumerate(found):
        with st.container(border=True, key=f"report_{place}"):
            _report(report, place)
    if found and any(report.sources for report in found):
        with st.container(horizontal=True):
            st.page_link("pages/overview.py", label="See the Overview", icon=":material/donut_small:", query_params={})
            tabs.way("data", "What was left out", "See what was left out", ":material/filter_list:", here=on_data)
            tabs.way("data", "Practice", "Set time zone and locations", ":material/tune:", here=on_data)


def _report(report: LoadReport, place: int) -> None:
    name = label(report.file_name)
    if report.refused:
        st.error(label(for_page(report.refused), 1000), icon=":material/block:", title=f"{name} was not taken")
        st.caption("Everything that was stored before is still there.")
        return
    st.markdown(
        f":material/check_circle: **{name}**"
        + (" holds nothing new: it is loaded already." if report.nothing_new else " is loaded.")
    )
    for number, source in enumerate(report.sources):
        st.markdown(source_sentence(source))
        numbers(
            [
                {"Step": step, "Hours": exact(amount), "Events": "" if events is None else str(events)}
                for step, amount, events in source.waterfall
            ],
            f"waterfall_{place}_{number}",
            title="What was counted and what was not",
        )
    if report.notes:
        with st.expander(f"{count(len(report.notes), 'note')} on what was left out or assumed", key=f"notes_{place}"):
            st.dataframe(
                DataFrame([{"Line": note.line, "Note": for_page(note.text)} for note in report.notes]),
                hide_index=True,
                column_config={"Line": st.column_config.NumberColumn(width=70, format="%d")},
                key=f"notes_table_{place}",
            )


def source_sentence(source: SourceReport) -> str:
    """ "Calendar Work: 312 events, 410 h counted from 2026-05-25 to 2026-11-23, 12 h not filed.\""""
    rows = count(source.rows, "event") if source.kind == "calendar" else count(source.rows, "interruption")
    said = f"{_KINDS.get(source.kind, source.kind)} **{label(source.name)}**: {rows}, {exact(source.hours)} counted"
    if source.covers_from and source.covers_to:
        said += f", from {_plain(source.covers_from)} to {_plain(source.covers_to)}"
    if source.hours_to_come:
        said += f", {exact(source.hours_to_come)} of it still to come"
    if source.unclassified_hours:
        said += f"; {exact(source.unclassified_hours)} not filed yet"
    return f"{said}. {renewed(source)}".strip()


def renewed(source: SourceReport) -> str:
    """ "Against what was known: 12 new, 3 changed, 1 gone, 296 unchanged." Nothing of a calendar's first load."""
    if not (source.changed or source.gone or source.unchanged):
        return ""
    return (
        f"Against what was known: {source.new} new, {source.changed} changed, {source.gone} gone, {source.unchanged} unchanged."
    )


def _plain(value: str) -> str:
    return day(date.fromisoformat(str(value)[:10]))


def forget_reports() -> None:
    """The reports are of an earlier state: after a removal they would mislead."""
    st.session_state.pop(_REPORTS, None)
    st.session_state.pop(_FILES, None)
    st.session_state.pop(_REFUSED, None)
    st.session_state.pop(_ASKED, None)
    st.session_state.pop(_LAST, None)
