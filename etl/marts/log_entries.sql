-- The interruption log, newest first. Parameters: from_day, to_day.
select
    i.interruption_id,
    timezone(p.time_zone, i.starts_at) as started_at,                             -- the practice's wall clock
    -- Of two moments with one time on the clock, DuckDB takes the second where it is given that time.
    (timezone(p.time_zone, timezone(p.time_zone, i.starts_at)) = i.starts_at)::integer as started_fold,     -- 0: the first of two
    ((epoch_us(i.ends_at) - epoch_us(i.starts_at)) / 60e6)::double as minutes,
    coalesce(i.about_text, '') as about_text,                                     -- as written
    i.about_location,                                                             -- as counted
    coalesce(i.asked_by, '') as asked_by,
    coalesce(i.topic, '') as topic,
    i.team_could,                                                                 -- null: not known
    timezone(p.time_zone, i.answered_at) as answered_at,
    coalesce(timezone(p.time_zone, timezone(p.time_zone, i.answered_at)) = i.answered_at, false)::integer as answered_fold,
    coalesce(i.via, '') as via,
    coalesce(i.note, '') as note,
    i.role,
    i.estimated,                                                                  -- when or how long is a guess
    s.name as source
from interruptions as i
join sources as s using (source_id)
cross join practice as p
where timezone(p.time_zone, i.starts_at)::date between $from_day and $to_day
order by i.starts_at desc, i.interruption_id;
