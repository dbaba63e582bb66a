-- The events behind one step of the mart waterfall. Parameters: from_day, to_day, step (as the waterfall words it).
with bounds as (
    select
        time_zone,
        instant_at(time_zone, $from_day::date::timestamp) as from_at,
        instant_at(time_zone, (least($to_day::date, today) + 1)::timestamp) as to_at
    from coverage
),
clipped as (
    select o.*, timezone(b.time_zone, o.starts_at) as starts_at_local,
        greatest(epoch_us(least(o.ends_at, b.to_at)) - epoch_us(greatest(o.starts_at, b.from_at)), 0) / 3600e6 as hours
    from occurrences as o, bounds as b
    where o.starts_at < b.to_at and (o.ends_at > b.from_at or o.starts_at >= b.from_at)
),
owned as (
    select coalesce(occurrence_id, displaced_occurrence_id) as occurrence_id, sum(seconds) / 3600.0 as hours
    from day_slices where day between $from_day and least($to_day, (select today from coverage))
    group by all
),
found as (
    select starts_at_local, hours, title, calendar, not_counted_because as reason
    from clipped
    where not_counted_because = case $step
        when 'Marked free' then 'free'
        when 'On two calendars' then 'on another calendar'
        else lower($step)
    end
    union all
    select c.starts_at_local, c.hours - coalesce(w.hours, 0), c.title, c.calendar, 'at the same time as another'
    from clipped as c left join owned as w using (occurrence_id)
    where $step = 'At the same time as another' and c.counted and c.hours - coalesce(w.hours, 0) > 1e-6
)
select
    starts_at_local as starts_at,             -- the practice's wall clock
    round(hours, 6)::double as hours,         -- what the step takes off for it, within the period
    title,                                    -- null where it is not kept
    calendar,
    reason
from found
order by starts_at_local, calendar, title, hours;
