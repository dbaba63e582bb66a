"""The owner's word on what events are: answers on titles and calendars, kept as rules, and corrections of single events.

Each is one transaction: all of it or nothing, counted anew. What a step changed can be taken back (`undo`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

import duckdb

from etl import recount
from etl.edit import Change, alike, apply, recounted, standing
from etl.exact_title import exact
from etl.keyed import Key
from etl.model import Refused
from etl.moved import Moved, moved
from etl.practice import Practice, Rule
from etl.practice_edit import with_otherwise, with_rules
from etl.store import open_write, write
from etl.transform.corrections import Correction
from etl.transform.roles import UNFILED, Filer
from etl.transform.rules import groups_of, title_alone, without
from etl.transform.titles import form

Making = Callable[[duckdb.DuckDBPyConnection, Practice, Key], Change]


@dataclass(frozen=True, slots=True)
class Answer:
    """The owner's word on some events: their role, and activity and location where they want to say them.

    About all titles that mean the same as one of `titles` (these alone where it is `exact`), and groups of titles that
    are not kept (`keys`); or the one occurrence or the series of each of `occurrences`; or, of a `calendar`, all that
    nothing else files, but for groups that shall still wait (`waiting`, keys).
    """

    role: str
    activity: str = ""
    location: str = ""
    titles: tuple[str, ...] = ()
    exact: bool = False
    keys: tuple[str, ...] = ()
    occurrences: tuple[int, ...] = ()
    whole_series: bool = False
    calendar: str = ""
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Text:
    """A row of `filings` whose text a step took out."""

    filing_id: int
    title_key: str
    title: str | None
    title_location: str | None
    place_text: str | None
    categories: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """What one step changed, to take it back. It may hold titles that are no longer stored: for the memory only."""

    before: str
    after: str
    corrections_before: tuple[Correction, ...]
    corrections_after: tuple[Correction, ...]
    texts: tuple[_Text, ...] = field(repr=False)


def file(db: Path, answers: Sequence[Answer]) -> Step:
    """Keep the answers, the newest first among the rules, and count everything by them.

    An older answer on the same titles goes. A title that becomes clinical is not written into practice.toml: a keyed
    hash is, which finds it as well. Raises Refused, StoreError.
    """
    return make_step(db, _answered(answers))


def preview(db: Path, answers: Sequence[Answer]) -> tuple[Moved, ...]:
    """The hours, up to today, that these answers would move; nothing is changed. Raises Refused, StoreError."""
    return would_move(db, _answered(answers))


def would_move(db: Path, making: Making) -> tuple[Moved, ...]:
    """The hours, up to today, that a change would move; nothing is changed."""
    now = standing(db)
    found: tuple[Moved, ...] = ()
    try:
        with open_write(db) as con:
            con.execute("create temp table old_slices as from time_slices")
            apply(con, db, now, making)
            found = moved(con)
            raise _Enough
    except _Enough:
        return found


def change_rules(db: Path, edited: Callable[[str], str]) -> Step:
    """Count everything by an edited practice.toml: `edited` makes the new text of the one that holds then."""
    return make_step(db, lambda con, before, key: Change(edited(before.text)))


def undo(db: Path, step: Step) -> None:
    """Take a step back, with the titles it took out. Raises Refused where something else was changed since."""

    def back(con: duckdb.DuckDBPyConnection, practice: Practice, key: Key) -> Change:
        if not alike(practice.text, step.after) or _corrections(con) != step.corrections_after:
            raise Refused("Undo", "something else was changed since then", "Change it by hand below")
        for text in step.texts:
            con.execute(
                """update filings set title = $title, title_location = $title_location, place_text = $place_text,
                categories = $categories where filing_id = $filing_id and title_key = $title_key""",
                {each.name: getattr(text, each.name) for each in fields(text)},
            )
        _state(con, step.corrections_before)

        def again(con: duckdb.DuckDBPyConnection, practice: Practice, key: Key) -> None:
            by = recount.policy(con, practice, key)
            recount.refile(con, by, key)
            recount.recorrect(con, by, key)

        return Change(step.before, also=again)

    recounted(db, back)


class _Enough(Exception):  # noqa: N818 - ends a transaction that was only to be looked at
    pass


def make_step(db: Path, making: Making) -> Step:
    """Make a change, and note how it was before."""
    steps: list[Step] = []

    def noted(con: duckdb.DuckDBPyConnection, practice: Practice, key: Key) -> Change:
        corrections, kept = _corrections(con), _texts(con)
        change = making(con, practice, key)

        def then(con: duckdb.DuckDBPyConnection, now: Practice, key: Key) -> None:
            if change.also:
                change.also(con, now, key)
            still = {row[0] for row in con.execute("select filing_id from filings where title is not null").fetchall()}
            dropped = tuple(text for text in kept if text.filing_id not in still)
            steps[:] = [Step(practice.text, now.text, corrections, _corrections(con), dropped)]

        return Change(change.text, change.only, then)

    recounted(db, noted)
    return steps[0]


def _texts(con: duckdb.DuckDBPyConnection) -> list[_Text]:
    names = ", ".join(each.name for each in fields(_Text))
    return [_Text(*row) for row in con.execute(f"select {names} from filings where title is not null").fetchall()]


def _corrections(con: duckdb.DuckDBPyConnection) -> tuple[Correction, ...]:
    names = ", ".join(each.name for each in fields(Correction))
    return tuple(Correction(*row) for row in con.execute(f"select {names} from corrections order by correction_id").fetchall())


def _state(con: duckdb.DuckDBPyConnection, corrections: Sequence[Correction]) -> None:
    con.execute("delete from corrections")
    write.insert(con, "corrections", corrections)


def _answered(answers: Sequence[Answer]) -> Making:
    def answered(con: duckdb.DuckDBPyConnection, before: Practice, key: Key) -> Change:
        filer = recount.filer(before, key)
        rules = [rule for answer in answers for rule in _rules(answer, before, filer, key)]
        about = frozenset(each for answer in answers for each in _keys(answer, filer, key))
        text = before.text
        if rules:
            alone = [rule for rule in before.rules if title_alone(rule)]
            left = {rule.number: without(rule, about, key, filer.core) for rule in alone}
            # A single title that was answered apart from its group stays in front of the group's answer.
            apart = [rule for rule in alone if left[rule.number] is rule and groups_of(rule, key, filer.core) & about]
            text = with_rules(
                text, [*apart, *rules], {number: now for number, now in left.items() if now is not before.rules[number - 1]}
            )
        for answer in answers:
            if answer.calendar:
                text = with_otherwise(text, answer.calendar, answer.role)
            if answer.waiting:
                text = with_rules(text, [Rule(UNFILED, title_keys=answer.waiting)])
        by_event = [answer for answer in answers if answer.occurrences]
        return Change(
            text,
            only=None if any(answer.calendar for answer in answers) else about,
            also=(lambda con, practice, key: _correct(con, practice, key, by_event)) if by_event else None,
        )

    return answered


def _rules(answer: Answer, practice: Practice, filer: Filer, key: Key) -> list[Rule]:
    """The answer as rules: one, or one for each of its titles where these alone are meant."""
    if not answer.titles and not answer.keys:
        return []
    made = Rule(answer.role, answer.activity, location=answer.location or None)
    hashed = answer.role == "clinical" and not practice.keep_clinical_titles
    if answer.exact:
        return [
            replace(made, title_key=key.title(title)) if hashed else replace(made, title=exact(title)) for title in answer.titles
        ]
    if hashed:
        shapes = dict.fromkeys(key.group(shape(title)) for title in answer.titles for shape in (filer.core, form))
        return [replace(made, title_keys=tuple(dict.fromkeys([*shapes, *answer.keys])))]
    by_core = {filer.core(title): title for title in answer.titles[::-1]}
    return [replace(made, titles=tuple(by_core.values())[::-1], title_keys=answer.keys)]


def _keys(answer: Answer, filer: Filer, key: Key) -> list[str]:
    """The keys of all titles and groups of titles that an answer is about."""
    whole = () if answer.exact else answer.titles
    groups = [key.group(shape(title)) for title in whole for shape in (filer.core, form)]
    return [*groups, *(key.title(title) for title in answer.titles), *answer.keys]


def _correct(con: duckdb.DuckDBPyConnection, practice: Practice, key: Key, answers: Sequence[Answer]) -> None:
    """State corrections of events and series. A single event is known by its UID alone: it may be moved."""
    for answer in answers:
        con.execute(
            """create or replace temp table meant as
            select distinct d.uid,
                case when $series or u.instances = 1 then null else d.original end as original,
                case when $series or u.instances = 1 then null else d.original_clock end as original_clock
            from dated as d
            join (select source_id, uid, count(*) as instances from dated group by all) as u using (source_id, uid)
            where list_contains($ids::bigint[], d.occurrence_id)""",
            {"series": answer.whole_series, "ids": list(answer.occurrences)},
        )
        con.execute(
            """delete from corrections as c where exists (
                from meant as m where m.uid = c.uid and (m.original is null or m.original = c.original))"""
        )
        con.execute(
            """insert into corrections by name
            select
                (select coalesce(max(correction_id), 0) from (from corrections union all by name select correction_id from filings))
                    + row_number() over (order by uid, original) as correction_id,
                uid, original, original_clock, $role as role, $activity as activity, $location as location
            from meant""",
            {"role": answer.role, "activity": answer.activity.strip(), "location": answer.location or None},
        )
        con.execute("drop table meant")
    recount.recorrect(con, recount.policy(con, practice, key), key)
