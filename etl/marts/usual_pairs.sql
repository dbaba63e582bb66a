-- Which location asks about which topic most? At most eight pairs of the 13 weeks up to today, with what is usual of each.
with recent as (
    select i.*, lower(trim(i.topic)) as about_topic, (epoch_us(i.ends_at) - epoch_us(i.starts_at)) / 60e6 as minutes
    from interruptions as i join interruption_starts as s using (interruption_id), coverage as c
    where s.day > c.today - 91 and s.day <= c.today and trim(i.topic) <> ''
)
select
    about_location,
    arg_max(topic, starts_at) as topic,                              -- as it was written last
    greatest(round(median(minutes)), 1)::integer as minutes,         -- the median, whole minutes
    mode(asked_by order by starts_at desc, interruption_id) as asked_by,   -- the most usual, of several the latest; null where never said
    count(*)::integer as pulls
from recent
group by about_location, about_topic
order by pulls desc, sum(minutes) desc, about_location, about_topic
limit 8;
