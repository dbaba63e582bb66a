-- Part of a question: the management in the calendar whose title is known, a row a stretch, and whether somebody has it already.
-- Needs the part handed, and the parameters from_day, to_day, locations.
management_events as (
    select
        f.group_key, f.title, d.day, d.week, d.location, d.seconds, d.occurrence_id,
        (f.group_key, d.location) in (select (group_key, location) from handed where group_key is not null)
            or (o.uid, d.location) in (select (uid, location) from handed where uid is not null) as handed
    from day_slices as d
    join dated as o on o.occurrence_id = d.occurrence_id
    join filings as f on f.filing_id = o.filing_id
    where d.role = 'management' and d.day between $from_day and least($to_day, today_here())
        and f.group_key <> '' and f.title is not null
        and ($locations::varchar[] is null or list_contains($locations::varchar[], d.location))
),
