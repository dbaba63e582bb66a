-- Which events and interruptions are these hours of presence? One row each, together exactly the cell: as the mart presence counts
-- them, by where the owner was. Columns as in the mart hours_behind.
-- Parameters: from_day, to_day, there (null: all; locations where the owner was), weekdays (null: all; names of them: 'Mon', 'Tue' …),
-- and as in hours_behind roles and locations, by which these hours count: those of a call about another location count there.
with pieces as (
    select occurrence_id, interruption_id, role, activity, location, sum(seconds) as seconds
    from day_slices
    where day between $from_day and least($to_day, today_here())
        and case when interruption_id is null then role else displaced_role end <> 'personal'
        and ($roles::varchar[] is null or list_contains($roles::varchar[], role))
        and ($locations::varchar[] is null or list_contains($locations::varchar[], location))
        and ($there::varchar[] is null
            or list_contains($there::varchar[], case when interruption_id is null then location else displaced_location end))
        and ($weekdays::varchar[] is null
            or list_contains($weekdays::varchar[], ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][isodow(day)]))
    group by all
),
-- part named
select
    f.occurrence_id::varchar as occurrence_id,
    f.interruption_id,
    timezone(c.time_zone, f.starts_at) as starts_at,
    timezone(c.time_zone, f.ends_at) as ends_at,
    f.seconds::bigint as seconds,
    (f.seconds / 3600.0)::double as hours,
    ((epoch_us(f.ends_at) - epoch_us(f.starts_at)) / 3600e6)::double as length_hours,
    f.title,
    f.calendar,
    f.place_text,
    f.role,
    f.activity,
    f.location
from named as f cross join coverage as c
order by f.seconds desc, f.starts_at desc, f.occurrence_id, f.interruption_id;
