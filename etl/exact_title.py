"""A rule for one title: as a pattern an owner can read in practice.toml, and back."""

import re


def exact(title: str) -> str:
    """A regular expression that, searched in any case, finds this title and no other (but for a line end behind it).

    Only signs with a meaning are escaped, so that an owner can read it in the file.
    """
    return "^" + re.sub(r"[\\.^$*+?{}\[\]|()]", r"\\\g<0>", title).replace("\b", r"\x08") + "$"


def literal_of(pattern: str) -> str | None:
    """The title a pattern finds, if it has the form that `exact` gives (or `re.escape` between ^ and $), else None."""
    body = re.fullmatch(r"\^((?:\\x08|\\[^A-Za-z0-9]|[^\\.^$*+?{}\[\]|()])*)\$", pattern, re.DOTALL)
    if not body:
        return None
    return re.sub(r"\\(x08|.)", lambda sign: "\b" if sign[1] == "x08" else sign[1], body[1], flags=re.DOTALL)
