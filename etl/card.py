"""The card of a hand-over for the team: one page to print, self-contained, in the owner's words."""

from collections.abc import Sequence
from datetime import date
from html import escape

_STYLE = """
@page { size: %s; margin: 18mm; }
body { font-family: Georgia, serif; color: #111; background: #fff; max-width: 170mm; margin: 0 auto; line-height: 1.45; }
h1 { font-size: 24pt; margin: 0 0 2mm; overflow-wrap: anywhere; } p.who { font-size: 13pt; margin: 0 0 8mm; }
section { border-top: 1px solid #999; padding: 4mm 0; break-inside: avoid; } h2 { font-size: 12pt; margin: 0 0 1mm; }
section p { font-size: 13pt; margin: 0; white-space: pre-line; overflow-wrap: anywhere; } footer { color: #555; font-size: 10pt; }
"""


def card(
    *,
    what: str,
    kind: str,
    to_role: str,
    from_day: date,
    locations: Sequence[str],
    good: str,
    decides: str,
    comes_when: str,
    practice: str = "",
    paper: str = "A4",
) -> str:
    """An HTML page of a hand-over or a written answer; `paper` is "A4" or "Letter". Every text in it is escaped."""
    written = kind == "written answer"
    where = ", ".join(locations) if locations else "all locations"
    who = f"{to_role}, {where}, from {from_day:%d %B %Y}"
    parts = [
        ("The answer" if written else "What good looks like", good),
        ("You decide", decides),
        ("Come to me when", comes_when),
    ]
    sections = "".join(f"<section><h2>{escape(head)}</h2><p>{escape(text)}</p></section>" for head, text in parts if text.strip())
    name = "Written answer" if written else "Hand-over"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{name}</title><style>{_STYLE % _paper(paper)}</style></head><body>"
        f'<h1>{escape(what)}</h1><p class="who">{escape(who)}</p>{sections}'
        f"<footer>{escape(practice)}</footer></body></html>\n"
    )


def _paper(name: str) -> str:
    return {"A4": "A4", "Letter": "letter"}[name]
