"""How a text of a calendar is filed, and what of it may be kept (DESIGN: "Whose data it is")."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from etl.columns import Text
from etl.transform import privacy
from etl.transform.corrections import Corrections
from etl.transform.roles import REST, UNFILED, Filer, Filing
from etl.transform.rules import Event

EARLIER = "an earlier rule"
"""What decided a text that was dropped, where the rule that did it is no longer there."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A row of the table `filings`, but for its number and its date: what may be kept of a text, and how it is filed."""

    title: str | None
    title_key: str
    group_key: str
    title_location: str | None
    place_text: str | None
    categories: str | None
    calendar: str
    all_day: bool
    role: str
    activity: str
    decided_by: str
    own_location: str | None
    location_by: str
    correction_id: int | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """By what texts are filed and kept: the rules, the owner's corrections, what is forgotten (keys of groups of titles).

    `renumbered` maps what decided a dropped text before, 'rule 2', to what it is called now.
    """

    filer: Filer
    keep_clinical: bool = False
    corrections: Corrections = field(default_factory=Corrections)
    forgotten: frozenset[str] = frozenset()
    before: int | None = None  # seconds since 1970: what ended by then is not kept
    renumbered: Mapping[str, str] = field(default_factory=dict)

    def drops(self, role: str, group_key: str) -> bool:
        """Whether the title of such a text is not stored."""
        return (role == "clinical" and not self.keep_clinical) or (role == UNFILED and group_key in self.forgotten)


def file_text(text: Text, calendar: str, policy: Policy, *, all_day: bool, correction_id: int | None = None) -> Filed:
    """What is kept of a text as a file has it, and how it is filed."""
    title = privacy.without_addresses(text.title).strip()
    place = privacy.place(text.place)
    categories = privacy.without_addresses(", ".join(text.categories))
    event = policy.filer.event(title, place, calendar, categories)
    return _filed(event, policy.filer.file(event), policy, all_day=all_day, correction_id=correction_id)


def refiled(filed: Filed, policy: Policy, no_title: str) -> Filed:
    """How a stored text is filed now; `no_title` is the key of the absent title.

    A dropped title that no correction finds keeps its role, unless that was the owner's own word and is taken back.
    """
    was_dropped = filed.title is None and filed.title_key != no_title
    if not was_dropped:
        event = policy.filer.event(filed.title or "", filed.place_text or "", filed.calendar, filed.categories or "")
        return _filed(event, policy.filer.file(event), policy, all_day=filed.all_day, correction_id=filed.correction_id)
    event = Event(
        None,
        filed.title_key,
        filed.group_key,
        filed.place_text or "",
        filed.calendar,
        filed.categories or "",
        filed.title_location,
    )
    # What nothing else filed than the owner's own word on it, or on the rest of its calendar, goes by that word as it is now.
    taken_back = filed.correction_id is not None and filed.correction_id not in policy.corrections.by_id
    taken_back = taken_back or filed.decided_by == REST
    role = UNFILED if taken_back else filed.role
    filing = policy.filer.refile_dropped(event, role)
    if filing is None:
        location, by = policy.filer.own_location(event)
        if filed.location_by.startswith("rule "):  # which no title brings back
            location, by = filed.own_location, policy.renumbered.get(filed.location_by, EARLIER)
        decided_by = "nobody yet" if taken_back else filed.decided_by
        if decided_by.startswith("rule "):
            decided_by = policy.renumbered.get(decided_by, EARLIER)
        filing = Filing(role, "" if taken_back else filed.activity, location, decided_by, by)
    return replace(
        _filed(event, filing, policy, all_day=filed.all_day, correction_id=filed.correction_id),
        title_location=filed.title_location,
    )


def _filed(event: Event, filing: Filing, policy: Policy, *, all_day: bool, correction_id: int | None) -> Filed:
    correction = policy.corrections.by_id.get(correction_id) if correction_id else None
    if correction:
        by = (correction.location, correction.what) if correction.location else (filing.location, filing.location_by)
        filing = Filing(correction.role, correction.activity, by[0], correction.what, by[1])
    location, location_by = policy.filer.marker(event) if all_day else (filing.location, filing.location_by)
    title, named = event.title, policy.filer.place_named
    dropped = policy.drops(filing.role, event.group_key)
    return Filed(
        title=None if dropped else title or None,
        title_key=event.title_key,
        group_key=event.group_key,
        title_location=named(title or "") if dropped else None,
        place_text=(policy.filer.place_kept(event.place) if dropped else event.place) or None,
        categories=None if dropped else event.categories or None,
        calendar=event.calendar,
        all_day=all_day,
        role=filing.role,
        activity=filing.activity,
        decided_by=filing.decided_by,
        own_location=location,
        location_by=location_by,
        correction_id=correction.correction_id if correction else None,
    )
