"""What is cut from a text before anything is stored (DESIGN: "Whose data it is")."""

import re
from pathlib import PurePath

# Possessive, and only where a name begins, so that a long word without an address behind it costs one pass.
_ADDRESS = re.compile(r"(?:mailto:)?(?<![\w.+\-'])([\w.+\-']++)@[\w\-]++(?:\.[\w\-]++)+", re.IGNORECASE)
_LINK = re.compile(r"\b(?:https?://|www\.)(?:[^\s/?#<>\"']*@)?([^\s/?#<>\"'@]+)[^\s<>\"']*", re.IGNORECASE)

_BARE_LINK = re.compile(r"(?<![\w.@/-])((?:[a-z0-9-]++\.)+[a-z]{2,})/[^\s<>\"']*")  # zoom.us/j/123, as programs write it


def without_addresses(text: str) -> str:
    """Mail addresses become `(mail address)`."""
    return _ADDRESS.sub("(mail address)", text) if "@" in text else text


def calendar_name(text: str) -> str:
    """A calendar that is named by a mail address keeps the part before the @, which tells calendars apart."""
    return _ADDRESS.sub(r"\1", text).strip()


def file_name(text: str) -> str:
    """The same for a file: `jo@example.com.ics` → `jo.ics`."""
    path = PurePath(text)
    return calendar_name(calendar_name(path.stem) + path.suffix)


def place(text: str) -> str:
    """Mail addresses go, and of a link only its host stays: what follows can be a dial-in code."""
    return without_addresses(_BARE_LINK.sub(r"\1", _LINK.sub(r"\1", text))).strip()
