"""Which titles mean the same: the form of a title, without numbers, dates, initials, Re: and Fwd:.

"Re: 1:1 S. 14/3", "1-1 K." and "One-to-one 2" have one form. A correction by title goes by it, so what it makes of a title
must not change from version to version without a migration: the keyed hashes of titles that were not kept were made of it.
"""

import re
import unicodedata

from etl.transform.places import Places

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_DAYS = "mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_NUMBER = r"\d+(?:st|nd|rd|th)?(?:[./:\-,]\d+)*(?:st|nd|rd|th)?"

_REPLY = re.compile(r"^(?:\s*(?:re|fwd?|aw|wg|sv|vs|tr)\s*(?:\[\d+\])?\s*:)+", re.IGNORECASE)
_INITIALS = re.compile(r"(?<![\w'’])(?:(?:[^\W\d_]\.){1,3}(?!\w)|(?![AIX](?!\w))[A-ZÀ-ÖØ-Þ](?![\w'’&]))")
_ONE_TO_ONE = re.compile(r"(?<![\w:])(?:1\s?[:\-]\s?1s?|(?:1|one)[\s\-](?:to|on|2)[\s\-](?:1|one)s?|1\s1)(?![\w:])")
_WEEKDAY = re.compile(rf"(?<!\w)(?:{_DAYS})\.?,?\s+(?={_NUMBER})")
_DATE = re.compile(
    rf"(?<!\w)(?:{_NUMBER}\s*(?:of\s+)?(?:{_MONTHS})(?!\w)\.?,?(?:\s+'?\d+)?|(?:{_MONTHS})\.?,?\s+'?{_NUMBER}(?:,?\s+\d{{4}})?(?!\w)"
    r"|w(?:ee)?k\.?\s*\d+(?!\w)|q[1-4](?!\w)(?:\s*[/\-]?\s*'?\d+)?)"
)
_NUMBERS = re.compile(rf"(?<!\w)[#№]?{_NUMBER}(?:\s*(?:am|pm|h|hrs?|mins?|min|%))?(?!\w)")
_MARKS = re.compile(r"[^\w&'’]+|_+")
_ONE = "one to one"
_LOOSE = {"w", "with", "and", "&", "for", "at", "on"}
_SAME = {"mtg": "meeting", "mtgs": "meetings", "appt": "appointment", "appts": "appointments"}


def form(title: str) -> str:
    """The form of a title; of one that is nothing but numbers and marks, the title itself in small letters."""
    text = unicodedata.normalize("NFKC", title)
    if text.isascii() and text.replace(" ", "").isalpha() and not _INITIALS.search(text):  # most of them
        return _joined(text.casefold())
    rest = _INITIALS.sub(" ", _REPLY.sub("", text)).casefold()
    rest = _ONE_TO_ONE.sub(f" {_ONE} ", rest)
    if any(mark.isdigit() for mark in rest):
        rest = _NUMBERS.sub(" ", _DATE.sub(" ", _WEEKDAY.sub(" ", rest)))
    return _joined(_MARKS.sub(" ", rest)) or " ".join(text.casefold().split())


def core(title: str, places: Places) -> str:
    """What titles that mean the same share: the form without the practice's locations in it, where anything is left then."""
    bare = places.without(title)
    return (form(bare) if bare != title and bare.strip() else "") or form(title)


def _joined(text: str) -> str:
    words = [_SAME.get(word, word) for word in text.split()]
    while len(words) > 1 and words[-1] in _LOOSE:  # what stood before initials or a number
        words.pop()
    return " ".join(words)
