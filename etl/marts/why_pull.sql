-- What is one interruption? Parameter: interruption_id. One row; none where it is not stored.
select
    i.topic,                                                          -- null where none was written down
    s.name as log,                                                    -- name of the log it stands in
    i.about_text,                                                     -- the location as written; null where none was
    timezone(p.time_zone, i.starts_at) as starts_at,                  -- the practice's wall clock
    timezone(p.time_zone, i.ends_at) as ends_at,
    ((epoch_us(i.ends_at) - epoch_us(i.starts_at)) // 1000000)::bigint as seconds,  -- its length
    i.role,
    i.activity,
    i.about_location as location
from interruptions as i
join sources as s using (source_id)
cross join practice as p
where i.interruption_id = $interruption_id;
