-- What a step of the waterfall left out, event by event. Parameters: from_day, to_day, step (as the mart `waterfall` names it).
with bounds as (
    select
        time_zone,
        instant_at(time_zone, $from_day::date::timestamp) as from_at,
        instant_at(time_zone, (least($to_day::date, today) + 1)::timestamp) as to_at
    from coverage
),
clipped as (
    select o.*, timezone(b.time_zone, o.starts_at) as begins,
        greatest(epoch_us(least(o.ends_at, b.to_at)) - epoch_us(greatest(o.starts_at, b.from_at)), 0) // 1000000 as seconds
    from occurrences as o, bounds as b
    where o.starts_at < b.to_at and (o.ends_at > b.from_at or o.starts_at >= b.from_at)
),
owned as (
    select coalesce(occurrence_id, displaced_occurrence_id) as occurrence_id, sum(seconds) as seconds
    from day_slices where day between $from_day and least($to_day, today_here())
    group by all
),
lost as (
    select c.*, c.not_counted_because as reason
    from clipped as c join left_out_steps as r on r.reason = c.not_counted_because and r.step = $step
    union all
    select c.* replace (c.seconds - coalesce(w.seconds, 0) as seconds), 'at the same time as another'
    from clipped as c left join owned as w using (occurrence_id)
    where $step = 'At the same time as another' and c.counted and c.seconds > coalesce(w.seconds, 0)
)
select
    begins as starts_at,                     -- the practice's wall clock
    (seconds / 3600.0)::double as hours,     -- in the period; of events at the same time only what others took of them
    title,                                   -- null where dropped or absent
    calendar,
    reason
from lost
order by begins, calendar, title, hours;
