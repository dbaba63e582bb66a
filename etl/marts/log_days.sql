-- On which days was the log kept? One row a day up to today. Parameters: from_day, to_day.
-- A working day is one of the practice's working hours on which the calendar has counted work, or any day with an entry: a week on
-- holiday leaves no gap.
with days as (
    select g.day::date as day
    from coverage as c, generate_series($from_day::timestamp, least($to_day::date, c.today)::timestamp, interval 1 day) as g (day)
),
worked as (
    select distinct day
    from day_slices
    where interruption_id is null and role <> 'personal' and day between $from_day and $to_day
        and isodow(day) - 1 in (select weekday from working_hours)
),
entries as (
    select
        i.day,
        count(*) as pulls,
        sum(epoch_us(i.ends_at) - epoch_us(i.starts_at)) / 60e6 as minutes,
        sum(epoch_us(i.ends_at) - epoch_us(i.starts_at)) filter (where i.estimated) / 60e6 as estimated_minutes
    from interruption_starts as i
    where i.day between $from_day and $to_day
    group by i.day
)
select
    d.day,
    w.day is not null or e.pulls is not null as working,
    coalesce(e.pulls, 0)::integer as pulls,                           -- that began on this day
    coalesce(e.minutes, 0)::double as minutes,                        -- as written down, those at the same time twice
    coalesce(e.estimated_minutes, 0)::double as estimated_minutes     -- of these
from days as d left join worked as w using (day) left join entries as e using (day)
order by d.day;
