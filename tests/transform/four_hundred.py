"""`python -m tests.transform.four_hundred`: what the built-in word list makes of the invented titles; 1 where it misses its aim.

four_hundred.csv holds titles with the role that two readers agree on and the practice they are of. Classified is what
gets a role; an 'unclassified' truth that gets one is wrong. Left is what has a role and gets none. `--wrong` lists the
wrong ones: the titles are invented.
"""

import argparse
import csv
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from etl.model import ROLES
from etl.transform.words import built_in

TITLES = Path(__file__).with_name("four_hundred.csv")
PRECISION = 0.97
LEFT = 0.35
OPEN = "unclassified"


@dataclass(frozen=True, slots=True)
class Judged:
    """One title, the role that readers give it, the practice it is of, and the role that the word list gives it."""

    title: str
    truth: str
    practice: str
    said: str

    @property
    def right(self) -> bool:
        """Whether it got the role that it has."""
        return self.said == self.truth != OPEN


@dataclass(frozen=True, slots=True)
class Measure:
    """How many titles got a role, how many of those the right one; how many have a role, how many of those got none."""

    classified: int
    right: int
    filed_by_readers: int
    left: int

    @property
    def precision(self) -> float:
        """Right of those classified, 0 to 1; 1 where none is."""
        return self.right / self.classified if self.classified else 1.0

    @property
    def left_share(self) -> float:
        """Left unclassified of those that have a role, 0 to 1; 0 where none has."""
        return self.left / self.filed_by_readers if self.filed_by_readers else 0.0

    def __str__(self) -> str:
        return (
            f"precision {self.precision:6.1%} ({self.right:3} of {self.classified:3})   "
            f"left {self.left_share:6.1%} ({self.left:3} of {self.filed_by_readers:3})"
        )


def judged(file: Path = TITLES) -> list[Judged]:
    """Every title of the file with what the product's own word list says of it."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = [(row["title"], row["role"] or OPEN, row["practice"]) for row in csv.DictReader(lines)]
    found = [built_in().find(title) for title, _, _ in rows]
    return [Judged(*row, group.role if group else OPEN) for row, group in zip(rows, found, strict=True)]


def measure(titles: list[Judged]) -> Measure:
    """The measure of some titles."""
    classified = [title for title in titles if title.said != OPEN]
    filed = [title for title in titles if title.truth != OPEN]
    return Measure(len(classified), sum(title.right for title in titles), len(filed), sum(title.said == OPEN for title in filed))


def report(titles: list[Judged]) -> str:
    """All, by practice and by role as lines of text. By role: precision of what was said so, left of what is so."""
    lines = [f"{'all':16} {measure(titles)}"]
    for practice in sorted({title.practice for title in titles}):
        lines.append(f"{practice:16} {measure([title for title in titles if title.practice == practice])}")
    for role in ROLES:
        if role != OPEN:
            said, true = [t for t in titles if t.said == role], [t for t in titles if t.truth == role]
            whole = Measure(len(said), measure(said).right, len(true), measure(true).left)
            lines.append(f"{role:16} {whole}")
    mixed = Counter((title.truth, title.said) for title in titles if title.said != OPEN and not title.right)
    lines += [f"{number:3} of {truth} said to be {said}" for (truth, said), number in mixed.most_common()]
    return "\n".join(lines)


def main() -> int:
    """Print the measure; the exit status says whether the aim is reached."""
    parser = argparse.ArgumentParser(prog="python -m tests.transform.four_hundred", description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="list the titles that got a wrong role")
    given = parser.parse_args()
    titles = judged()
    print(report(titles))
    if given.wrong:
        for title in titles:
            if title.said != OPEN and not title.right:
                print(f"{title.title!r}: {title.truth}, said {title.said}")
    whole = measure(titles)
    return 0 if whole.precision >= PRECISION and whole.left_share <= LEFT else 1


if __name__ == "__main__":
    sys.exit(main())
