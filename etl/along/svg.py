"""Pictures as SVG text, from plain numbers: bars from zero with their numbers beside them, made to stand in a page of their own.

Words and lines take the colours of the page (`currentColor`, and the class `line`), so that one picture does in the light, in the
dark and on paper. Every text is escaped; `alt` states the finding for those who cannot see it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDE, NARROW = 330, 160
"""Widths of a picture in pixels: two, and four of them side by side on A4 and on Letter."""
ROW, BAR, SIZE, VALUE = 34, 11, 13, 100
"""Height of a row and of its bar, size of the words, and room for the number behind the longest bar."""
MANY, LOW, NAME = 6, 19, 112
"""Rows from which on a name stands before its bar, and then the height of a row and the room for a name."""
HIGH, FOOT, HEAD, SMALL = 60, 16, 17, 12
"""Of the columns of a trend: their height, the room below and above for words, and their size."""
FAINT = 0.4


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar in a colour; faint ones are drawn so."""

    value: float
    colour: str
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: its name, its parts from zero on, what stands behind it; `before` is marked by a line."""

    name: str
    parts: Sequence[Part]
    said: str
    before: float | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One of a trend: what it is called, its value, and whether all of it lies in these days."""

    name: str
    value: float
    whole: bool = True


def bars(rows: Sequence[Bar], alt: str) -> str:
    """Rows from zero on one scale, the number behind its bar; the name above it, or before it where there are many."""
    row_height, start, above = (LOW, NAME, 3) if len(rows) > MANY else (ROW, 0, SIZE + 4)
    most = max([sum(part.value for part in row.parts) for row in rows] + [row.before or 0 for row in rows] + [0])
    scale = (WIDE - VALUE - start) / most if most else 0
    drawn = []
    for nth, row in enumerate(rows):
        bar_top, x = nth * row_height + above, float(start)
        drawn.append(_words(_short(row.name, 15 if start else 46), 0, nth * row_height + SIZE - 1))
        for part in row.parts:
            drawn.append(_box(x, bar_top, part.value * scale, BAR, part.colour, FAINT if part.faint else 1))
            x += part.value * scale
        if row.before is not None:
            at = start + row.before * scale
            drawn.append(f'<path class="before" d="M{at:.1f} {bar_top - 2}v{BAR + 4}"/>')
            x = max(x, at)
        drawn.append(_words(row.said, x + 6, bar_top + BAR - 2))
    drawn.append(f'<path class="line" d="M{start} 0V{len(rows) * row_height}"/>')
    return _svg(WIDE, len(rows) * row_height, drawn, alt)


def columns(bars: Sequence[Column], top: float, colour: str, said: Sequence[str], alt: str) -> str:
    """A trend from zero to `top`, which several share; `said` stands above its two ends. What is not whole is outlined."""
    step = NARROW / max(len(bars), 1)
    width = max(min(step * 0.7, 24), 1)
    drawn = []
    for nth, bar in enumerate(bars):
        height = HIGH * bar.value / top if top else 0
        x, y = nth * step + (step - width) / 2, HEAD + HIGH - height
        drawn.append(_box(x, y, width, height, colour) if bar.whole else _outline(x, y, width, height, colour))
    drawn.append(f'<path class="line" d="M0 {HEAD + HIGH}H{NARROW}"/>')
    if bars:
        drawn.append(_words(bars[0].name, 0, HEAD + HIGH + SMALL + 1, SMALL))
        if len(bars) > 1:
            drawn.append(_words(bars[-1].name, NARROW, HEAD + HIGH + SMALL + 1, SMALL, end=True))
    drawn += [_words(text, at, SMALL - 1, SMALL, end=bool(at)) for text, at in zip(said, (0, NARROW), strict=False)]
    return _svg(NARROW, HEAD + HIGH + FOOT, drawn, alt)


def _svg(width: int, height: float, drawn: Sequence[str], alt: str) -> str:
    said = escape(alt)
    return (
        f'<svg role="img" aria-label="{said}" viewBox="-1 0 {width + 2} {max(height, 1):g}" width="{width}"><title>{said}</title>'
        f"{''.join(drawn)}</svg>"
    )


def _box(x: float, y: float, width: float, height: float, colour: str, strength: float = 1) -> str:
    faint = f' fill-opacity="{strength:g}"' if strength < 1 else ""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"{faint}/>'


def _outline(x: float, y: float, width: float, height: float, colour: str) -> str:
    inner, low = max(width - 1, 0.5), max(height - 0.5, 0)
    return f'<rect x="{x + 0.5:.1f}" y="{y + 0.5:.1f}" width="{inner:.1f}" height="{low:.1f}" fill="none" stroke="{colour}"/>'


def _words(text: str, x: float, y: float, size: int = SIZE, end: bool = False) -> str:
    at = ' text-anchor="end"' if end else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{at} font-size="{size}">{escape(text)}</text>'


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
