"""Titles that mean the same: equal in form, or but for a slip of the pen."""

from collections.abc import Mapping

from rapidfuzz.distance import OSA

_LONG = 6  # letters from which on one wrong letter is a slip: "staff" and "stuff" are two words


def joined(hours: Mapping[str, float]) -> dict[str, str]:
    """For each form of a title the form it is a spelling of: that with the most hours among those near to it, or itself.

    `hours` are those of each form (transform/titles.py). A form that others are a spelling of is never itself one of
    another's, so that no chain of slips joins what means two things.
    """
    ranked = sorted(hours, key=lambda form: (-hours[form], form))
    heads: dict[tuple[str, ...], list[list[str]]] = {}
    found: dict[str, str] = {}
    for form in ranked:
        words = form.split()
        alike = heads.setdefault(tuple(word[0] for word in words), [])
        head = next((each for each in alike if _near(each, words)), None)
        if head is None:
            alike.append(words)
        found[form] = " ".join(head) if head else form
    return found


def _near(words: list[str], others: list[str]) -> bool:
    """Whether two lists of as many words with the same first letters are alike but for one slip a word."""
    return all(one == other or _slip(one, other) for one, other in zip(words, others, strict=True))


def _slip(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) >= 4 and long in (short + "s", short + "es"):
        return True
    return len(short) >= _LONG and short.isalpha() and long.isalpha() and OSA.distance(one, other, score_cutoff=1) <= 1
