-- Is it changing? Hours by role, week by week. Parameters: from_day, to_day, locations (null: all).
with weeks as (
    select week::date as week
    from coverage as c, unnest(generate_series(week_of($from_day::date, c.week_starts)::timestamp, $to_day::timestamp, interval 7 days)) as g (week)
),
hours as (
    select week, role, sum(seconds) / 3600.0 as hours
    from day_slices
    where day between $from_day and least($to_day, (select today from coverage))
        and ($locations::varchar[] is null or list_contains($locations::varchar[], location))
    group by all
)
select
    w.week,                                                -- its first day
    r.role,
    r.role_order::integer as role_order,
    coalesce(h.hours, 0)::double as hours,
    -- the whole week lies in the period, in what is loaded and in the past
    (w.week >= greatest($from_day, c.covered_from) and w.week + 6 <= least($to_day, c.covered_to) and w.week + 6 < c.today) as finished
from weeks as w
cross join roles as r
cross join coverage as c
left join hours as h on h.week = w.week and h.role = r.role
order by w.week, r.role_order;
