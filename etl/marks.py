"""How a source was read, as marks: they tell which exports must be loaded again, because what is stored of them cannot be
counted right by the practice as it is now."""

import hashlib
from dataclasses import replace

import duckdb

from etl import practice_checks as check
from etl.keyed import Key
from etl.practice import Practice
from etl.transform.rules import title_alone

MOVED = ", moved"
"""Behind the zone of a calendar whose times were moved to another one's wall clock."""
OTHER_PULLS = "you have changed which of its events are interruptions"
_AND_PLACES = "/"


def owners_mark(practice: Practice, key: Key) -> str:
    """Tells whether a source was read with the same owner's addresses; the addresses themselves cannot be read off it."""
    return key.hash("owners:" + ",".join(sorted(a.casefold() for a in practice.owner_emails)))


def rules_mark(practice: Practice) -> str:
    """Tells whether dropped titles were filed by the same rules. Corrections by title reach them anyway: left out."""
    calendars = [
        (each.name, each.role, each.location, each.otherwise)
        for each in practice.calendars
        if each.role or each.location or each.otherwise
    ]
    parts: list[object] = [practice.keep_clinical_titles, calendars, [(each.name, each.aliases) for each in practice.locations]]
    parts += [practice.practice_wide] if practice.practice_wide else []  # a mark from before there was such a thing holds
    parts += [replace(rule, number=0) for rule in practice.rules if not title_alone(rule)]
    return _short(parts)


def pulls_mark(practice: Practice, calendar: str) -> str:
    """Tells whether a calendar was read with the same events taken for interruptions, and whether their places were looked for
    among the same locations; "" where none can be."""
    own = check.folded(calendar)
    is_log = any(
        each.kind == "interruptions" and (own == check.folded(each.name) or own.startswith(f"{check.folded(each.name)} ("))
        for each in practice.calendars  # of two calendars of one name the second is stored as “Pulls (its file)”
    )
    if not (practice.marker or is_log):
        return ""
    places = [(each.name, each.aliases) for each in practice.locations]
    return f"{_short((practice.marker, is_log))}{_AND_PLACES}{_short((places, practice.practice_wide))}"


def phones_mark(practice: Practice) -> str:
    """Tells whether a call list was read with the same numbers; they cannot be read off it."""
    return _short(practice.phones)


def _short(what: object) -> str:
    return hashlib.sha256(repr(what).encode()).hexdigest()[:16]


def notice(con: duckdb.DuckDBPyConnection, practice: Practice, key: Key) -> str:
    """Which exports must be loaded again, because what is stored cannot be counted right by the practice as it is now."""
    sources = con.execute(
        """select name, read_zone, read_zone <> '' and read_zone <> $zone, read_owners <> $owners,
            read_rules <> $rules and exists (
                from dated as d join filings as f using (filing_id)
                where d.source_id = s.source_id and f.title is null and f.title_key <> $no_title),
            kind = 'calendar', read_pulls,
            exists (from log_rows as l where l.source_id = s.source_id and l.place_dropped)
        from sources as s where kind = 'calendar' or read_pulls <> '' order by source_id""",
        {
            "zone": practice.time_zone,
            "owners": owners_mark(practice, key),
            "rules": rules_mark(practice),
            "no_title": key.title(""),
        },
    ).fetchall()
    said = []
    for name, read_zone, other_zone, other_owners, other_rules, is_calendar, read_pulls, places_dropped in sources:
        if not is_calendar:
            if read_pulls != phones_mark(practice):
                said.append(
                    f"Please load the call list “{name}” again: you have changed the names or telephone numbers of your"
                    " locations."
                )
            continue
        reasons = []
        if other_zone:
            reasons.append(f"some of its times name no time zone and were read in {read_zone.removesuffix(MOVED)}")
        if other_owners:
            reasons.append("your mail addresses have changed, and with them which invitations you declined")
        if other_rules:
            reasons.append("the titles of its clinical events were not kept, so your new rules cannot reach them")
        (which, _, places), (now_which, _, now_places) = (
            mark.partition(_AND_PLACES) for mark in (read_pulls, pulls_mark(practice, name))
        )
        if which != now_which:
            reasons.append(OTHER_PULLS)
        elif places != now_places and places_dropped:
            reasons.append("the places of its interruptions were not kept, so your new locations cannot reach them")
        if reasons:
            said.append(f"Please load the export of “{name}” again: {'; '.join(reasons)}.")
    return "\n".join(said)
