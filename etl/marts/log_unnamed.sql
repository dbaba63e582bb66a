-- Which interruptions were written down without saying what they were about? Newest first. A location is enough, but in a
-- calendar it may come from the event's place, not from its title.
select
    i.interruption_id,
    timezone(p.time_zone, i.starts_at) as started_at,                -- the practice's wall clock
    ((epoch_us(i.ends_at) - epoch_us(i.starts_at)) / 60e6)::double as minutes,
    i.estimated,
    coalesce(i.via, '') as via
from interruptions as i cross join practice as p
where coalesce(trim(i.topic), '') = '' and i.role = 'management'
    and ((i.about_text is null and i.via in ('stopwatch', 'line')) or i.via = 'calendar')
order by i.starts_at desc, i.interruption_id
limit 30;
