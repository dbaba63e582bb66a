"""Published figures to hold the own hours against, data/references.toml: each with whom it is about and what it is not."""

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

REFERENCES_FILE = Path(__file__).parents[1] / "data" / "references.toml"


@dataclass(frozen=True, slots=True)
class Reference:
    """One figure in a sentence, whom it was measured on, when, who published it, and what it is not."""

    says: str
    population: str
    year: str
    source: str
    is_not: str


@functools.cache
def references(file: Path = REFERENCES_FILE) -> tuple[Reference, ...]:
    """The figures, in the file's order. Raises TypeError where one does not say all that it must."""
    data = tomllib.loads(file.read_text("utf-8"))
    return tuple(Reference(**entry) for entry in data["reference"])
