"""Which role a title that waits probably has, why, and how sure that is. Pure: nothing is applied."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from etl.transform.learned import ROLES, Learned
from etl.transform.titles import form
from etl.transform.words import WordList

_MOST = 40  # events from which on more of them make a share no surer
_LEAST = 0.02  # nothing is ruled out
_LIKE = 80  # from which likeness (0 to 100) on a title is named as an example
_SUREST = 0.99  # nothing but the owner's word is certain
_SHOWN = 0.5  # what is less likely than not is no suggestion
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A role, how sure it is (0 to 1), and the reasons, the strongest first. Reasons may hold titles: for the owner's eyes."""

    role: str
    activity: str
    sure: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waits:
    """What is known of a group that waits. `weekday` is 1 for Monday; it and `morning` are None where there is no usual one."""

    form: str
    calendar: str
    location: str
    weekday: int | None
    morning: bool | None


@dataclass(frozen=True, slots=True)
class _Evidence:
    shares: Mapping[str, float]
    weight: float
    reason: str  # with {role} and {share} for the role it speaks for


class Advisor:
    """Knows what is filed already, and what that says of what is not.

    `filed_titles` are (title, role, activity); `by_calendar` maps a calendar to the number of its events by role, `by_time`
    (location, weekday, morning) likewise.
    """

    def __init__(
        self,
        words: WordList,
        filed_titles: Sequence[tuple[str, str, str]],
        by_calendar: Mapping[str, Mapping[str, int]],
        by_time: Mapping[tuple[str, int, bool], Mapping[str, int]],
    ) -> None:
        known = {form(title): (title, role, activity) for title, role, activity in filed_titles if role in ROLES}
        for group in words.groups:
            if group.role in ROLES:
                for word in group.words:
                    known.setdefault(word.removesuffix("*"), (word.removesuffix("*"), group.role, group.activity))
        self._known, self._forms = known, list(known)
        self._learned = Learned([(each, role) for each, (_, role, _) in known.items()])
        self._words, self._by_calendar, self._by_time = words, by_calendar, by_time

    def about(self, group: Waits) -> Suggestion | None:
        """The suggestion for one group of titles; None where nothing speaks for a role."""
        return _pooled([*self._title(group.form), *self._calendar(group.calendar), *self._time(group)], *self._like(group.form))

    def about_title(self, title_form: str) -> Suggestion | None:
        """What the title alone says."""
        return _pooled(list(self._title(title_form)))

    def about_calendar(self, calendar: str) -> Suggestion | None:
        """The suggestion for all that nothing else files on a calendar."""
        return _pooled(list(self._calendar(calendar)))

    def _title(self, title_form: str) -> Iterable[_Evidence]:
        shares = self._learned.of(title_form)
        if shares:
            yield _Evidence(shares, 1.0, "its words say {role}")

    def _like(self, title_form: str) -> tuple[str, str, str]:
        """The title that has a role and is most like this one, its role and its activity; '' each where none is like it."""
        found = process.extractOne(title_form, self._forms, scorer=fuzz.token_set_ratio, score_cutoff=_LIKE)
        return self._known[found[0]] if found else ("", "", "")

    def _calendar(self, calendar: str) -> Iterable[_Evidence]:
        if counted := self._by_calendar.get(calendar):
            yield _Evidence(_shares(counted), 1.0, f"{{share}} of the other events on “{calendar}” are {{role}}")
        named = self._words.find(calendar)
        if named and named.role in ROLES:
            shares = {role: 0.85 if role == named.role else 0.05 for role in ROLES}
            yield _Evidence(shares, 0.5, f"the calendar is called “{calendar}”")

    def _time(self, group: Waits) -> Iterable[_Evidence]:
        if group.weekday is None or group.morning is None:
            return
        if counted := self._by_time.get((group.location, group.weekday, group.morning)):
            half = "mornings" if group.morning else "afternoons"
            where = f"on {_DAYS[group.weekday - 1]} {half}, {group.location}"
            yield _Evidence(_shares(counted), 0.5, f"{{share}} of the events {where}, are {{role}}")


def _shares(counted: Mapping[str, int]) -> dict[str, float]:
    total = sum(counted.get(role, 0) for role in ROLES)
    scale = min(1.0, _MOST / total) if total else 0.0
    return {role: (counted.get(role, 0) * scale + 0.5) / (total * scale + 2) for role in ROLES}


def _pooled(evidence: Sequence[_Evidence], like: str = "", like_role: str = "", activity: str = "") -> Suggestion | None:
    """All evidence as one: the shares multiplied, each to the power of its weight (a logarithmic opinion pool)."""
    if not evidence:
        return None
    scores = {role: sum(e.weight * math.log(max(e.shares.get(role, 0.0), _LEAST)) for e in evidence) for role in ROLES}
    most = max(scores.values())
    parts = {role: math.exp(score - most) for role, score in scores.items()}
    role = max(ROLES, key=parts.__getitem__)
    sure = min(parts[role] / sum(parts.values()), _SUREST)
    if sure <= _SHOWN:
        return None
    speaking = sorted((e for e in evidence if e.shares.get(role, 0.0) > 1 / 3), key=lambda e: -e.weight * e.shares[role])
    reasons = [e.reason.format(role=role, share=f"{e.shares[role]:.0%}".replace("%", " %")) for e in speaking]
    if like and like_role == role:
        reasons = [f"like “{like}”", *(reason for reason in reasons if not reason.startswith("its words"))]
    return Suggestion(role, activity if like_role == role else "", sure, tuple(reasons))
