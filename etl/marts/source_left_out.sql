-- What a step of a load's waterfall left out, event by event. Parameters: source_id, step (as `source_waterfall` names it).
with mine as (
    select o.*, timezone(p.time_zone, o.starts_at) as begins, (epoch_us(o.ends_at) - epoch_us(o.starts_at)) // 1000000 as seconds
    from occurrences as o, practice as p where o.source_id = $source_id
),
owned as (
    select coalesce(occurrence_id, displaced_occurrence_id) as occurrence_id, sum(seconds) as seconds from day_slices group by all
),
lost as (
    select *, not_counted_because as reason from mine where not_counted_because = $step
    union all
    select m.* replace (m.seconds - coalesce(w.seconds, 0) as seconds), 'at the same time as another'
    from mine as m left join owned as w using (occurrence_id)
    where $step = 'at the same time as another' and m.counted and m.seconds > coalesce(w.seconds, 0)
)
select
    begins as starts_at,                     -- the practice's wall clock
    (seconds / 3600.0)::double as hours,     -- of events at the same time only what others took of them
    title,                                   -- null where dropped or absent
    calendar,
    reason
from lost
order by begins, calendar, title, hours;
