"""The notes of one file, thinned to what a person reads."""

from collections.abc import Iterable

from etl.model import Note

MOST_ALIKE = 20
"""Notes of the same words are told line by line up to this many; the rest of them in one."""


def thin(notes: Iterable[Note]) -> tuple[Note, ...]:
    """The notes in the order of their lines; of many alike the first ones, and how many more there are, up to which line."""
    by_text: dict[str, list[Note]] = {}
    for note in sorted(notes, key=_line):
        by_text.setdefault(note.text, []).append(note)
    kept: list[Note] = []
    for text, alike in by_text.items():
        kept += alike[:MOST_ALIKE]
        if rest := alike[MOST_ALIKE:]:
            up_to = f", the last on line {rest[-1].line:,}" if rest[-1].line else ""
            kept.append(Note(rest[0].line, f"{len(rest):,} more times{up_to}: {text}"))
    return tuple(sorted(kept, key=_line))


def _line(note: Note) -> int:
    return note.line or 0
