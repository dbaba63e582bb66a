"""Places that wait for a location, and the owner's answers: kept in practice.toml, everything counted by them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from etl import changes, marts
from etl.filing import Step, change_rules
from etl.model import PRACTICE_WIDE, Refused
from etl.place_groups import PlaceGroup, WaitingPlace, groups
from etl.place_words import Texts, Words, in_the_way, with_words, words_for
from etl.practice import Practice, parse
from etl.practice_checks import folded
from etl.practice_edit import with_places
from etl.store import open_read


@dataclass(frozen=True, slots=True)
class PlacesWaiting:
    """The places that wait, in groups, the most hours first. `curve` has a number for each group: the share (0 to 1) of all
    waiting hours that are settled when it and those before it are answered."""

    groups: tuple[PlaceGroup, ...] = ()
    places: int = 0
    hours: float = 0.0
    curve: tuple[float, ...] = ()

    def answers_for(self, share: float) -> int:
        """How many answers, the greatest first, settle at least this share of the hours; 0 where nothing waits."""
        return next((number for number, settled in enumerate(self.curve, 1) if settled >= share - 1e-9), len(self.curve))


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """The owner's word: these places are at this location, which is added where it is new; Practice-wide: at none."""

    places: tuple[str, ...]
    location: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What answers came to: places that wait no longer with their hours, answers that could not be kept alone, and titles
    or names of calendars that now name one of the locations too. `step` takes it back."""

    places: int
    hours: float
    left: int
    also: int
    step: Step | None = field(default=None, repr=False)


class InTheWay(Refused):
    """The words of an answer stand in other places too, and those would move with it."""

    def __init__(self, places: Sequence[str]) -> None:
        super().__init__(
            "Places",
            f"the same words stand in {len(places)} other {'place' if len(places) == 1 else 'places'} that would move too",
            "Answer for that first, or add it to the other words of its location, or choose another name",
        )
        self.places = tuple(places)
        """Their texts: to be shown as strangers' words are, never in a message."""


def waiting(db: Path, apart: Collection[str] = ()) -> PlacesWaiting:
    """What waits now; each of the places `apart` by itself."""
    if not db.exists():
        return PlacesWaiting()
    rows, texts = _asked(db)
    practice = parse(changes.practice_text(db))
    known = {row.place for row in rows}
    found = groups(rows, practice, [text for text in texts.places if text not in known], apart)
    hours = sum(group.hours for group in found)
    curve = accumulate(group.hours / hours if hours else 0.0 for group in found)
    return PlacesWaiting(found, len(rows), hours, tuple(curve))


def answer(db: Path, answers: Sequence[PlaceAnswer]) -> Settled:
    """Keep the answers and count everything by them: only the places asked for move.

    An answer whose words stand in a place that was not asked for is left, and counted as such; where it is the only one it
    is refused, as `InTheWay`. Raises Refused, too, where practice.toml was edited by hand meanwhile, and StoreError.
    """
    before, texts = _asked(db)
    practice = parse(changes.practice_text(db))
    words, left = _words_of(answers, practice, texts)
    if not words:
        asked = {text for each in answers for text in each.places}
        others = in_the_way(asked, _known_name(answers[0].location, practice), practice, texts)
        if not others:
            raise Refused("Places", "one of these names another location already", "Load this page again")
        raise InTheWay(others)
    also: dict[str, list[str]] = {}
    wide: list[str] = []
    for kept in words:
        (wide if kept.location == PRACTICE_WIDE else also.setdefault(kept.location, [])).extend(kept.words)
    step = change_rules(db, lambda text: with_places(text, also, wide))
    after = {row.place for row in _asked(db)[0]}
    settled = [row.hours for row in before if row.place not in after]
    return Settled(len(settled), sum(settled), left, sum(kept.also for kept in words), step)


def _words_of(answers: Sequence[PlaceAnswer], practice: Practice, texts: Texts) -> tuple[list[Words], int]:
    """The words of all answers that can be kept, and how many cannot.

    "Barn" alone would take "Old Barn" along, and can be kept once that one is answered: so they are tried until none is left.
    """
    pending, kept = list(answers), []
    while pending:
        left = []
        for each in pending:
            if words := words_for(each.places, _known_name(each.location, practice), practice, texts):
                practice = with_words(practice, words)
                kept.append(words)
            else:
                left.append(each)
        if len(left) == len(pending):
            break
        pending = left
    return kept, len(pending)


def _known_name(location: str, practice: Practice) -> str:
    """The practice's own name of a location that is typed in another case, or by one of its other words."""
    names = {folded(word): place.name for place in practice.locations for word in (*place.aliases, place.name)}
    names[folded(PRACTICE_WIDE)] = PRACTICE_WIDE
    return names.get(folded(location), " ".join(location.split()))


def _asked(db: Path) -> tuple[list[WaitingPlace], Texts]:
    with open_read(db) as con:
        rows = [WaitingPlace(*row) for row in marts.ask(con, "places_waiting").fetchall()]
        texts = marts.ask(con, "place_texts").fetchall()
    return rows, Texts(
        (text for is_place, text in texts if is_place),
        (text for is_place, text in texts if not is_place),
        (row.place for row in rows),
    )
