-- What lay over what, and what was made of it? Parameters: from_day, to_day. The stretches of the calendar, of the log, and as
-- they are counted, in order.
with
clock as (select time_zone from practice),
laid as (
    select
        1 as nth, 'calendar' as layer, coalesce(title, '') as name, role, location, starts_at, ends_at, '' as taken_from
    from occurrences
    where counted and not all_day
    union all
    select 2, 'log', coalesce(topic, ''), 'management', coalesce(about_location, 'Practice-wide'), starts_at, ends_at, ''
    from interruptions
    union all
    select
        3, 'counted', '', role, location, starts_at, ends_at,
        coalesce(displaced_role || ' at ' || displaced_location, '')
    from time_slices
)
select
    l.layer,                                          -- 'calendar' and 'log' as written down, 'counted' as counted
    l.name,                                           -- title or topic; '' of what is counted
    l.role,
    l.location,                                       -- of the log: which it was about
    date_diff('second', timezone(c.time_zone, l.starts_at)::date::timestamp, timezone(c.time_zone, l.starts_at)) / 60.0
        as starts_minute,                             -- on the practice's clock, since midnight
    date_diff('second', timezone(c.time_zone, l.starts_at)::date::timestamp, timezone(c.time_zone, l.ends_at)) / 60.0
        as ends_minute,
    l.taken_from                                      -- of a counted interruption: `management at North`; else ''
from laid as l cross join clock as c
where timezone(c.time_zone, l.starts_at)::date between $from_day and $to_day
order by l.nth, l.starts_at, l.ends_at desc;
