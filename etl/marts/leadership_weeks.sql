-- How many leadership hours a week, against the target? Parameters: from_day, to_day, locations (null: all).
with weeks as (
    select week::date as week
    from coverage as c, unnest(generate_series(week_of($from_day::date, c.week_starts)::timestamp, $to_day::timestamp, interval 7 days)) as g (week)
),
hours as (
    select week, sum(seconds) / 3600.0 as hours
    from day_slices
    where role = 'leadership' and day between $from_day and least($to_day, (select today from coverage))
        and ($locations::varchar[] is null or list_contains($locations::varchar[], location))
    group by week
)
select
    w.week,                                                -- its first day
    coalesce(h.hours, 0)::double as hours,
    p.leadership_target as target,                         -- hours a week; null where none is set
    (w.week >= greatest($from_day, c.covered_from) and w.week + 6 <= least($to_day, c.covered_to) and w.week + 6 < c.today) as finished
from weeks as w
cross join practice as p
cross join coverage as c
left join hours as h using (week)
order by w.week;
