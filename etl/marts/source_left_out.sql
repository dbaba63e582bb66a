-- The events behind one step of the mart source_waterfall. Parameters: source_id, step (as that mart words it).
with mine as (
    select o.*, timezone(p.time_zone, o.starts_at) as starts_at_local,
        (epoch_us(o.ends_at) - epoch_us(o.starts_at)) / 3600e6 as hours
    from occurrences as o, practice as p where o.source_id = $source_id
),
owned as (
    select coalesce(occurrence_id, displaced_occurrence_id) as occurrence_id, sum(seconds) / 3600.0 as hours
    from day_slices group by all
),
found as (
    select starts_at_local, hours, title, calendar, not_counted_because as reason
    from mine where not_counted_because = $step
    union all
    select m.starts_at_local, m.hours - coalesce(w.hours, 0), m.title, m.calendar, 'at the same time as another'
    from mine as m left join owned as w using (occurrence_id)
    where $step = 'at the same time as another' and m.counted and m.hours - coalesce(w.hours, 0) > 1e-6
)
select
    starts_at_local as starts_at,             -- the practice's wall clock
    round(hours, 6)::double as hours,         -- what the step takes off for it
    title,                                    -- null where it is not kept
    calendar,
    reason
from found
order by starts_at_local, calendar, title, hours;
