"""What is cut from a text before anything is stored (DESIGN: "Whose data it is")."""

import re
from pathlib import PurePath

# Possessive, and only where a name begins, so that a long word without an address behind it costs one pass.
_ADDRESS = re.compile(r"(?:mailto:)?(?<![\w.+\-'])([\w.+\-']++)@[\w\-]++(?:\.[\w\-]++)+", re.IGNORECASE)
_LINK = re.compile(
    r"(?:\b[a-z][a-z0-9+.\-]{1,30}://|(?<![\w:/])//(?=[\w\-]+\.)|\bwww\.)(?:[^\s/?#<>\"']*@)?([^\s/?#<>\"'@]+)[^\s<>\"']*",
    re.IGNORECASE,
)
# zoom.us/j/123, as programs write it; Dr.Smith/Room 3 has nothing behind its stroke that could be a code.
_BARE_LINK = re.compile(
    r"(?<![\w.@])((?:[^\W_][\w\-]*+\.)+(?:xn--[\w\-]+|[^\W\d_]{2,})(?::\d+)?)([/?][^\s<>\"';,)]*)", re.IGNORECASE
)


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
    bare = _BARE_LINK.sub(lambda link: link[1] if re.search(r"[\d?=]", link[2]) else link[0], _LINK.sub(r"\1", text))
    return without_addresses(bare).strip()
