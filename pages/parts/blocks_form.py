"""Time to lead: free working hours of the next weeks put aside, downloaded for the owner's calendar, and taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from etl import block_file, planned
from etl.blocks import MOST_HOURS, MOST_WEEKS, SHORTEST, Block, Week, Wish
from etl.free_time import Stretch
from etl.model import Refused
from etl.planned import Proposal
from etl.store import open_read
from pages.parts import charts_blocks, data, doing, frames, shell, trouble
from pages.parts.doing import attempt
from pages.parts.format import clock, count, day, exact, hours, in_words, tight
from pages.parts.picture import numbers, picture
from pages.parts.view import View

WEEKS, HOURS = 4, 3.0
LENGTHS = (60, 90, 120, 180, 240)
HOW_TO = """
The file is an ordinary calendar file. Nothing leaves this computer until you open it in your calendar:

- **Google Calendar** (on a computer): Settings, Import & export, Select file from your computer, Import.
- **Outlook**: open the file, or Add calendar, Upload from file.
- **Apple Calendar**: open the file and choose the calendar.

Move a block as you like, and keep “Leadership time” at the beginning of its title. When you load your calendar's next export,
the blocks come back with it: from then on they count as leadership, and The day shows what survived of them.
"""


def draw(view: View) -> None:
    """The wish, the weeks with what could be put aside, and what was put aside already."""
    wish = _wish()
    try:
        found = _proposed(str(view.db), data.stamp(view.db), datetime.now(UTC).strftime("%Y-%m-%d %H"), wish)
    except Refused as error:
        shell.say(error)
        return
    zone = ZoneInfo(found.time_zone)
    st.markdown(tight(said(found, wish)))
    if bare := unknown(found, zone):
        st.warning(
            f"Your calendar holds nothing in {bare}. If that is because its export ends before, load a newer one first.",
            icon=":material/event_busy:",
        )
    chosen = [block for week in found.weeks for block in _week(view, found, week, zone)]
    if any(week.blocks for week in found.weeks):
        st.caption(
            "Outlined: proposed. Orange: put aside already. Faint: what is in your calendar, in the colour of its role. "
            f"Pale: your working hours. {_order(found)}"
        )
        st.button(
            f"Put aside {count(len(chosen), 'block')}, {hours(sum(block.minutes for block in chosen) / 60)}", type="primary",
            icon=":material/event_available:", disabled=not chosen, key="put_aside", on_click=_put, args=(view, chosen),
        )  # fmt: skip
    _put_aside(view, zone)


def said(found: Proposal, wish: Wish) -> str:
    """`There is room for 3 h in each of the next 4 weeks.`, or what is missing; with what is put aside already."""
    short = [week for week in found.weeks if week.missing > 0]
    already = sum(week.already for week in found.weeks)
    aside = f" {hours(already)} of it {'is' if already == 1 else 'are'} put aside already." if already else ""
    if not short:
        return f"There is room for {hours(wish.hours)} to lead in {_weeks(len(found.weeks))}.{aside}"
    missing = in_words([f"{hours(week.missing)} in the week of {day(week.begins, year=False)}" for week in short])
    return f"Your working hours have no room for all of {hours(wish.hours)} a week: {missing} found none.{aside}"


def unknown(found: Proposal, zone: ZoneInfo) -> str:
    """The weeks in which no event stands: `the weeks of 30 Nov and 7 Dec`; else ""."""
    known = {each.starts_at.astimezone(zone).date() for each in found.taken if each.what == "event"}
    bare = [week.begins for week in found.weeks if not any(week.begins <= on < week.begins + timedelta(weeks=1) for on in known)]
    if not bare:
        return ""
    named = in_words([day(begins, year=False) for begins in bare])
    return f"the week of {named}" if len(bare) == 1 else f"the weeks of {named}"


def _weeks(number: int) -> str:
    return "next week" if number == 1 else f"each of the next {number} weeks"


def _order(found: Proposal) -> str:
    return (
        f"Chosen where the last {planned.LOOK_BACK.days // 7} weeks disturbed you least; in the time of "
        f"{found.time_zone.split('/')[-1].replace('_', ' ')}."
    )


def _wish() -> Wish:
    one, two, three = st.columns(3)
    wished = one.number_input(
        "Hours a week to lead",
        SHORTEST / 60,
        float(MOST_HOURS),
        HOURS,
        0.5,
        format="%g",
        key="block_hours",
        bind="query-params",
    )
    weeks = two.number_input("For how many weeks?", 1, MOST_WEEKS, WEEKS, key="block_weeks", bind="query-params")
    minutes = three.selectbox(
        "In blocks of", LENGTHS, LENGTHS.index(90), format_func=lambda each: exact(each / 60), key="block_minutes"
    )
    return Wish(float(wished), int(weeks), int(minutes))


@st.cache_data(show_spinner="Looking for free hours …", max_entries=32)
def _proposed(db: str, state: object, hour: str, wish: Wish) -> Proposal:
    del state, hour  # they are there to be part of the cache's key
    return planned.proposed(Path(db), wish)


def _week(view: View, found: Proposal, week: Week, zone: ZoneInfo) -> list[Block]:
    """One week's picture, and its blocks to be ticked away; those that stay."""
    begins = week.begins
    held = f", {hours(week.already)} put aside already" if week.already else ""
    st.markdown(tight(f"**Week of {day(begins)}**: {hours(sum(block.minutes for block in week.blocks) / 60)} proposed{held}"))
    kept: list[Block] = []
    if week.blocks:
        names = {block: charts_blocks.in_words(block, zone) for block in week.blocks}
        ticked = st.pills(
            "Take away what does not suit you", list(names), selection_mode="multi", default=list(names),
            format_func=names.__getitem__, key=f"blocks_{begins}_{'_'.join(names.values())}", label_visibility="collapsed",
        )  # fmt: skip
        kept = sorted(ticked)
    shown = list(charts_blocks.marks(found.taken, found.put_aside, kept, zone, begins))
    alt = "Proposed: " + (", ".join(charts_blocks.in_words(block, zone) for block in kept) or "nothing") + "."
    picture(charts_blocks.week_ahead(shown, found.spans, begins, view.ink), f"ahead_{begins}", alt)
    return kept


def _put(view: View, chosen: Sequence[Block]) -> None:
    """In a callback, so that the page below is drawn with them."""
    new: list[str] = []
    if attempt(lambda: new.extend(planned.put_aside(view.db, chosen, datetime.now(UTC))[1]), "Putting them aside …"):
        said = f"{count(len(chosen), 'block')} put aside. Download the file below and open it in your calendar."
        doing.done(said, (lambda: planned.withdraw(view.db, new)) if new else None)


def _put_aside(view: View, zone: ZoneInfo) -> None:
    rows = frames.records(data.ask(view.db, ("planned_ahead", {}))[0])
    st.subheader("What is put aside already?", anchor=False)
    if not rows:
        st.markdown("Nothing yet. What you put aside stands here, with the file for your calendar.")
        return
    waiting = [row for row in rows if not row["came_back"]]
    if waiting:
        about = st.text_input(
            "What is it for? It stands in your calendar after “Leadership time”; leave it empty if others may see it",
            key="block_about", max_chars=100, placeholder="hiring plan",
        )  # fmt: skip
        st.download_button(
            f"Download {count(len(waiting), 'block')} for your calendar", trouble.quietly(lambda: _file(view.db, about)),
            block_file.NAME,
            "text/calendar", icon=":material/download:", on_click="ignore", key="blocks_file",
        )  # fmt: skip
        with st.expander("How do they get into my calendar?", key="blocks_how"):
            st.markdown(HOW_TO)
    numbers(table(rows), "put_aside", note=f"From now on, in the time of {zone.key.split('/')[-1].replace('_', ' ')}.")
    mine = {str(row["block_id"]): _stretch(row) for row in rows if row["block_id"]}
    if mine:
        gone = st.multiselect(
            "Take back", list(mine), format_func=lambda each: charts_blocks.in_words(mine[each], zone),
            key=f"blocks_back_{len(mine)}", placeholder="Choose what is no longer put aside",
        )  # fmt: skip
        st.caption("What is in your calendar already stays there until you delete it there.")
        st.button(
            "Take them back", icon=":material/undo:", disabled=not gone, key="withdraw", on_click=_take_back, args=(view, gone)
        )


def _take_back(view: View, gone: Sequence[str]) -> None:
    """In a callback, so that the page below is drawn without them."""
    taken: list[planned.Withdrawn] = []
    if attempt(lambda: taken.append(planned.withdraw(view.db, gone)), "Taking them back …"):
        doing.done(f"{count(len(gone), 'block')} taken back.", lambda: planned.put_back(view.db, taken[0]))


def _file(db: Path, about: str) -> bytes:
    with open_read(db) as con:
        return planned.file_of(con, about)


def _stretch(row: Mapping[str, Any]) -> Stretch:
    return Stretch(*(datetime.fromtimestamp(int(row[name]), UTC) for name in ("starts_at", "ends_at")))


def table(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """A row a block, in order."""
    return [
        {
            "Week of": day(_date(row["week"])),
            "When": f"{charts_blocks.WEEKDAYS[row['starts'].weekday()]} {day(row['starts'].date(), year=False)}, "
            f"{clock(row['starts'])} to {clock(row['ends'])}",
            "Length": exact(row["hours"]),
            "In your calendar": "yes, it counts" if row["came_back"] else "not yet: it counts when an export brings it",
        }
        for row in rows
    ]


def _date(value: datetime | date) -> date:
    return value.date() if isinstance(value, datetime) else value
