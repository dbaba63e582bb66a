"""The words of a line or a title, and the answer where a line cannot be read."""

import re
from collections.abc import Collection

MOST_SIGNS = 300
PIECE, SOFT = ",", "-"
"""Stand between pieces: a comma, or a dash and the like, which a phrase may hold."""
_WORD = re.compile(r"\d+,\d{1,2}(?![\d:])|[^\s,;]+|[,;]")
_BETWEEN = frozenset("-–—−/|\\·•:._…?'\"’‘“”()[]{}*~=+")
_FRINGE = ".:()\"'“”?!…"
_BLANKS = "\u00a0\u202f\u200d"  # no-break spaces, as phones set them, and what joins the signs of one emoji


class Unclear(Exception):  # noqa: N818 - an answer to what was typed, not a fault
    """What is not clear in a line, and what to do; neither quotes the line."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(f"{what}. {mend}.")
        self.what, self.mend = what, mend


def refuse_odd(text: str, mend: str, odd: Collection[str] = ()) -> None:
    """Raises Unclear where a text is empty (then `mend` says what to write), too long, or holds what no line holds: < and > stand
    in the names that are `odd` alone."""
    if not text.strip():
        raise Unclear("The line is empty", mend)
    if len(text) > MOST_SIGNS:
        raise Unclear(f"The line is longer than {MOST_SIGNS} signs", "A few words are enough; the rest goes into the note")
    if any(not sign.isprintable() and sign not in _BLANKS for sign in text):
        raise Unclear("The line holds a sign that cannot be shown", "Type it anew")
    rest = _compared(text)
    for name in sorted(map(_compared, odd), key=len, reverse=True):
        rest = rest.replace(name, " ")
    if has_angle(rest):
        raise Unclear("The line holds < or >, and nothing that you wrote down before has it there", "Take it out")


def has_angle(text: str) -> bool:
    """Whether it holds < or >."""
    return "<" in text or ">" in text


def _compared(text: str) -> str:
    return " ".join(text.casefold().split())


def split(text: str, marked: bool = True) -> list[str]:
    """The words, with PIECE and SOFT between pieces. `marked`: a `!` at a word's end is a word of its own, else it is dropped."""
    words: list[str] = []
    for word in _WORD.findall(text):
        core = word.strip("!")
        if word in ",;":
            words.append(PIECE)
        elif not core:
            words.append("!")
        elif _BETWEEN.issuperset(core):
            words.append(SOFT)
        else:
            words += [core, "!"] if marked and core != word else [core]
    return words


def fold(word: str) -> str:
    """A word as it is compared: in any case, without what stands around it."""
    return word.casefold().strip(_FRINGE) if is_word(word) else word


def is_word(word: str) -> bool:
    """Whether it says something itself: no sign between pieces, and no mark."""
    return word not in (PIECE, SOFT, "!")
