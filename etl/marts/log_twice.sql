-- Which interruptions look as if they were written down twice, in two logs, and wait for the owner's word? Newest first.
select
    h.interruption_id,                                                        -- held back
    timezone(p.time_zone, a.starts_at) as started_at,                         -- the practice's wall clock
    ((epoch_us(a.ends_at) - epoch_us(a.starts_at)) / 60e6)::double as minutes,
    a.about_location,                                                         -- of both
    coalesce(a.asked_by, '') as asked_by,
    coalesce(a.topic, '') as topic,
    s.name as source,
    h.twin_id,                                                                -- counted
    timezone(p.time_zone, b.starts_at) as other_started_at,
    ((epoch_us(b.ends_at) - epoch_us(b.starts_at)) / 60e6)::double as other_minutes,
    coalesce(b.asked_by, '') as other_asked_by,
    coalesce(b.topic, '') as other_topic,
    o.name as other_source
from log_held as h
join log_once as a on a.interruption_id = h.interruption_id
join log_once as b on b.interruption_id = h.twin_id
join sources as s on s.source_id = a.source_id
join sources as o on o.source_id = b.source_id
cross join practice as p
where not h.settled
order by a.starts_at desc, h.interruption_id;
