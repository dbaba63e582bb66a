-- From the hours as exported to the hours counted, for a period. Parameters: from_day, to_day.
with bounds as (
    select
        instant_at(time_zone, $from_day::date::timestamp) as from_at,
        instant_at(time_zone, (least($to_day::date, today) + 1)::timestamp) as to_at
    from coverage
),
clipped as (
    select o.not_counted_because, o.counted, o.occurrence_id,
        greatest(epoch_us(least(o.ends_at, b.to_at)) - epoch_us(greatest(o.starts_at, b.from_at)), 0) / 3600e6 as hours
    from occurrences as o, bounds as b
    where o.starts_at < b.to_at and (o.ends_at > b.from_at or o.starts_at >= b.from_at)
),
slices as (
    select
        coalesce(sum(seconds), 0) / 3600.0 as counted,
        coalesce(sum(seconds) filter (where coalesce(occurrence_id, displaced_occurrence_id) is not null), 0) / 3600.0 as planned,
        count(distinct interruption_id) filter (where displaced_occurrence_id is null) as outside
    from day_slices where day between $from_day and least($to_day, today_here())
),
steps as (
    select 1 as step_order, 'In the calendars' as step, sum(hours) as hours, count(*) as occurrences from clipped
    union all
    select r.step_order, r.step, -sum(c.hours), count(c.occurrence_id)
    from left_out_steps as r left join clipped as c on c.not_counted_because = r.reason
    group by r.step_order, r.step
    union all
    select 9, 'At the same time as another', (select planned from slices) - coalesce(sum(hours) filter (where counted), 0), null from clipped
    union all
    select 10, 'Interruptions outside the calendar', counted - planned, outside from slices
    union all
    select 11, 'Counted', counted, null from slices
)
select
    step_order::integer as step_order,
    step,                                            -- plain words
    round(coalesce(hours, 0), 6)::double as hours,   -- first and last stand, those between are added to or taken off
    occurrences::integer as occurrences              -- how many events; null where a step takes parts of events
from steps
order by step_order;
