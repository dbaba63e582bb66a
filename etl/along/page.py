"""The page for the coach: one HTML file that asks nobody for anything, for the screen and for A4 or Letter."""

from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from etl.along import sentences, svg
from etl.along.account import Account
from etl.along.svg import Bar, Column, Part
from etl.along.tables import WORK, Kind, Row, Table
from etl.along.written import count
from etl.colours import ROLE_COLOURS
from etl.model import PRACTICE_WIDE
from etl.report import LABELS

_STYLE = Path(__file__).with_name("page.css").read_text("utf-8")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
TOPICS = 8
"""How many topics the page has room for; the workbook has all."""
LONG = 40
"""Signs from which on a text is given room, where the page is narrow."""


def page(of: Account) -> str:
    """The whole file. Every text in it that somebody wrote is escaped."""
    name = f"<p class=practice>{escape(of.practice)}</p>" if of.practice else ""
    when = f"{sentences.days(of)} {sentences.compared(of)} “You” is the owner."
    head = f"<h1>{escape(of.said[0])}</h1><p class=days>{escape(when)}</p><p class=lead>{escape(' '.join(of.said[1:]))}</p>"
    parts = (_roles(of), _weeks(of), _locations(of), _pulls(of), _topics(of), _hand_overs(of), _not_counted(of))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        f"<title>The owner's hours</title><style>{_STYLE}</style></head><body><header>{name}{head}</header>"
        f"<main>{''.join(parts)}</main></body></html>\n"
    )


def _roles(of: Account) -> str:
    pen = of.asked.pen
    rows = [
        Bar(
            LABELS[row["role"]],
            [Part(row["hours_a_week"], ROLE_COLOURS[row["role"]])],
            f"{pen.hours(row['hours_a_week'])} ({pen.percent(row['share'])})",
            row["hours_a_week_before"],
        )
        for row in of.roles
        if row["role"] in WORK
    ]
    key = "The line across a bar is the time before." if of.asked.before_from else ""
    return _section(
        of, "Roles", svg.bars(rows, _in_words("Hours a week", rows)), beside=True, said=[*sentences.left_open(of), key]
    )


def _weeks(of: Account) -> str:
    pen, drawn = of.asked.pen, []
    top = max((row["hours"] for row in of.weekly if row["role"] in WORK), default=0)
    for role in WORK:
        these = [
            Column(pen.day(row["begins"]), row["hours"], row["finished"])
            for row in sorted(of.weekly, key=lambda row: row["begins"])
            if row["role"] == role
        ]
        whole = [bar.value for bar in these if bar.whole]
        if not any(bar.value for bar in these) and role != "leadership":
            continue
        ends = [f"most {pen.hours(max(whole))}", f"last {pen.hours(whole[-1])}"] if whole else []
        alt = f"{LABELS[role]}, hours a {of.asked.grain}: {', '.join(ends) or 'none of them whole'}."
        drawn.append(_figure(LABELS[role], svg.columns(these, top, ROLE_COLOURS[role], ends, alt)))
    outlined = any(not row["finished"] for row in of.weekly)
    said = [f"Hours a {of.asked.grain}, on one scale."]
    said += [f"Outlined: a {of.asked.grain} that is not over, or not wholly in these days."] if outlined else []
    return _section(of, "Weeks", *drawn, said=said, folded=True)


def _locations(of: Account) -> str:
    pen, amounts, splits = of.asked.pen, [], []
    for name in dict.fromkeys(row["location"] for row in of.places):
        its = [row for row in of.places if row["location"] == name and row["role"] in WORK]
        amounts.append(Bar(name, _parts(its, "hours_a_week"), pen.hours(its[0]["location_hours_a_week"])))
        shares = ", ".join(pen.percent(row["share"]) for row in its if row["role"] in ("leadership", "management"))
        splits.append(Bar(name, _parts(its, "share"), shares))
    said = ("Hours a week", amounts), ("Share of leadership, of management", splits)
    drawn = [_figure(caption, svg.bars(rows, _in_words(caption, rows))) for caption, rows in said]
    wide = f"{PRACTICE_WIDE} is work for all of the practice; it is no location." if len(amounts) > 1 else ""
    return _section(of, "Locations", *drawn, said=[wide], above=_legend())


def _parts(roles: Sequence[Row], what: str) -> list[Part]:
    return [Part(row[what] or 0, ROLE_COLOURS[row["role"]]) for row in roles]


def _legend() -> str:
    square = '<svg aria-hidden="true" width="10" height="10"><rect width="10" height="10" fill="{}"/></svg>'
    return f"<ul class=roles>{''.join(f'<li>{square.format(ROLE_COLOURS[role])} {LABELS[role]}' for role in WORK)}</ul>"


def _pulls(of: Account) -> str:
    pen = of.asked.pen
    rows = [
        Bar(about, [Part(hours, "currentColor")], f"{pen.hours(hours)}, {_times(pen.number(pulls))}")
        for about, pulls, hours, _ in of.tables["Interruptions"].rows
    ]
    alt = _in_words("Interruptions, hours a week by the location they were about", rows)
    return _section(of, "Interruptions", svg.bars(rows, alt), beside=True, said=[sentences.trust(of)])


def _topics(of: Account) -> str:
    pen, shown, colour = of.asked.pen, of.topics[:TOPICS], ROLE_COLOURS["management"]
    rows = [
        Bar(
            row["topic"],
            [Part(row["low_hours_a_week"], colour), Part(row["high_hours_a_week"] - row["low_hours_a_week"], colour, faint=True)],
            pen.between(row["low_hours_a_week"], row["high_hours_a_week"]),
        )
        for row in shown
    ]
    alt = _in_words("Topics of interruptions, hours a week", rows)
    said = [sentences.why_range(of)]
    said += ["Full colour: you marked that the team could. Faint: not marked either way."] if rows else []
    more = len(of.topics) - len(shown)
    said += [f"{count(more, 'more topic')} {'is' if more == 1 else 'are'} in the workbook."] if more else []
    return _section(of, "Topics", svg.bars(rows, alt) if rows else "", beside=True, said=said, most=TOPICS)


def _hand_overs(of: Account) -> str:
    return _section(of, "Hand-overs", said=[] if of.tables["Hand-overs"].rows else ["Nothing was handed over yet."])


def _not_counted(of: Account) -> str:
    counted = of.tables["Not counted"]
    rules = "".join(
        f"<p>{escape(text)}</p>"
        for text in (
            sentences.RULE,
            sentences.NOT_COUNTED_RULE,
            f"Days of {of.time_zone}; known up to {of.asked.pen.day(of.known_to)}. Made by Owner Time.",
        )
    )
    return (
        f"<section><div class='both halves'><div><h2>{escape(counted.question)}</h2>{_table(of, counted)}</div>"
        f"<div><h2>How is it counted?</h2>{rules}</div></div></section>"
    )


def _section(
    of: Account, name: str, *drawn: str, said: Sequence[str] = (), above: str = "", beside: bool = False, most: int | None = None,
    folded: bool = False,
) -> str:  # fmt: skip
    """A question: what is said of it, its pictures, and its table, beside or under them; in a fold where it may be long."""
    asked = of.tables[name]
    table = _table(of, asked, most) if asked.rows else ""
    if folded and table:
        table = f"<details><summary>The numbers</summary>{table}</details>"
    words = "".join(f"<p>{escape(text)}</p>" for text in said if text)
    if beside:
        shown = f"<div class=both>{''.join(drawn)}{table}</div>"
    else:
        shown = f"<div class=pictures>{''.join(drawn)}</div>{table}" if drawn else table
    return f"<section><h2>{escape(asked.question)}</h2>{words}{above}{shown}</section>"


def _figure(caption: str, drawn: str) -> str:
    return f"<figure><figcaption>{escape(caption)}</figcaption>{drawn}</figure>"


def _in_words(what: str, rows: Sequence[Bar]) -> str:
    return f"{what}: " + "; ".join(f"{row.name} {row.said}" for row in rows) + "."


def _times(number: str) -> str:
    return "once" if number == "1" else f"{number} times"


def _table(of: Account, asked: Table, most: int | None = None) -> str:
    """The table, without columns that have nothing in them."""
    columns = [
        (nth, head, kind)
        for nth, (head, kind) in enumerate(asked.columns)
        if nth == 0 or any(row[nth] not in (None, "") for row in asked.rows)
    ]
    heads = "".join(f"<th scope=col{_side(kind)}>{escape(head)}</th>" for _, head, kind in columns)
    rows = "".join(
        "<tr>" + "".join(_cell(of, row[nth], kind, nth == 0) for nth, _, kind in columns) + "</tr>" for row in asked.rows[:most]
    )
    return (
        f'<div class=table tabindex=0 role=region aria-label="{escape(asked.question)} The numbers"><table>'
        f"<caption>{escape(asked.note)}</caption><thead><tr>{heads}</thead><tbody>{rows}</tbody></table></div>"
    )


def _cell(of: Account, value: Any, kind: Kind, first: bool) -> str:
    plain = _written(of, value, kind)
    text = escape(plain)
    if isinstance(value, date):
        text = f"<time datetime={value.isoformat()}>{text}</time>"
    elif isinstance(value, int | float) and not isinstance(value, bool):
        text = f"<data value={value:.6f}>{text}</data>"
    if first:
        return f"<th scope=row>{text}</th>"
    return f"<td{' class=long' if len(plain) > LONG else _side(kind)}>{text}</td>"


def _written(of: Account, value: Any, kind: Kind) -> str:
    pen = of.asked.pen
    if kind == "hours":
        return pen.hours(value)
    if kind == "change":
        return pen.change(value)
    if kind == "number":
        return pen.number(value)
    if kind == "share":
        return pen.percent(value)
    if kind == "day":
        return pen.day(value)
    return ("yes" if value else "no") if kind == "yes" else str(value or "")


def _side(kind: Kind) -> str:
    return "" if kind in ("text", "day", "yes") else " class=n"
