-- At which hours is leadership least disturbed? One row a weekday and hour of the working hours. Parameters: from_day, to_day.
-- Pulls are held against the working hours of days with an entry in the log; what survived of leadership against what the
-- calendar held for it. An hour that was seen little counts as an average one: four average hours are added to each.
with working as (
    select distinct weekday, minute from working_hours, unnest(range(from_minute, to_minute)) as m (minute)
),
cells as (
    select weekday, minute // 60 as hour, count(*) / 60.0 as hours from working group by all
),
logged as (
    select isodow(day) - 1 as weekday, count(distinct day) as days
    from interruption_starts where day between $from_day and $to_day group by all
),
began as (
    select isodow(day) - 1 as weekday, minute
    from interruption_starts
    where day between $from_day and $to_day
),
pulled as (
    select w.weekday, w.minute // 60 as hour, count(*) as pulls
    from began as b join working as w on w.weekday = b.weekday and w.minute = b.minute
    group by all
),
planned as (                                                 -- what the calendar held for leadership
    select o.starts_at, o.ends_at
    from occurrences as o, coverage as c
    where o.counted and o.role = 'leadership'
        and o.ends_at > instant_at(c.time_zone, $from_day::date::timestamp)
        and o.starts_at < instant_at(c.time_zone, $to_day::date::timestamp + interval 1 day)
),
kept as (                                                    -- what stayed leadership
    select t.starts_at, t.ends_at
    from time_slices as t, coverage as c
    where t.role = 'leadership'
        and t.ends_at > instant_at(c.time_zone, $from_day::date::timestamp)
        and t.starts_at < instant_at(c.time_zone, $to_day::date::timestamp + interval 1 day)
),
moments as (                                                 -- where what is planned, or kept, begins (1) and ends (-1)
    select starts_at as moment, 1 as planned, 0 as kept from planned
    union all select ends_at, -1, 0 from planned
    union all select starts_at, 0, 1 from kept
    union all select ends_at, 0, -1 from kept
    union all select instant_at(c.time_zone, h.local), 0, 0  -- no piece reaches across a local hour
    from coverage as c, unnest(generate_series($from_day::timestamp, $to_day::timestamp + interval 1 day, interval 1 hour)) as h (local)
),
pieces as (
    select
        timezone(c.time_zone, moment) as local,
        epoch_us(lead(moment) over (order by moment)) - epoch_us(moment) as length,
        sum(sum(planned)) over (order by moment) > 0 as planned,
        sum(sum(kept)) over (order by moment) > 0 as kept
    from moments cross join coverage as c
    group by moment, c.time_zone
),
survived as (                                                -- each moment once, however many events hold it for leadership
    select
        isodow(local) - 1 as weekday,
        hour(local) as hour,
        sum(length) / 3600e6 as planned_hours,
        coalesce(sum(length) filter (where kept), 0) / 3600e6 as kept_hours
    from pieces
    where planned and local::date between $from_day and $to_day
    group by all
),
facts as (
    select
        c.weekday,
        c.hour,
        coalesce(l.days, 0) * c.hours as logged_hours,
        coalesce(p.pulls, 0) as pulls,
        coalesce(s.planned_hours, 0) as planned_hours,
        coalesce(s.kept_hours, 0) as kept_hours
    from cells as c
    left join logged as l using (weekday)
    left join pulled as p using (weekday, hour)
    left join survived as s using (weekday, hour)
),
average as (
    select
        coalesce(sum(pulls) / nullif(sum(logged_hours), 0), 0) as pulls_an_hour,
        coalesce(sum(kept_hours) / nullif(sum(planned_hours), 0), 1) as kept
    from facts
)
select
    f.weekday::integer as weekday,                                            -- 0 is Monday
    f.hour::integer as hour,                                                  -- of the local clock
    f.logged_hours::double as logged_hours,                                   -- working hours on days with an entry in the log
    f.pulls::integer as pulls,                                                -- that began in them
    (f.pulls / nullif(f.logged_hours, 0))::double as pulls_an_hour,           -- null where nothing was logged
    f.planned_hours::double as planned_hours,                                 -- of leadership in the calendar
    f.kept_hours::double as kept_hours,                                       -- of these, what stayed leadership, as in planned_leadership
    (f.kept_hours / nullif(f.planned_hours, 0))::double as kept_share,        -- null where none was planned
    -- 0 to 1: how likely an hour passes without a pull, times what survives of leadership; only good for an order
    (exp(-(f.pulls + 4 * a.pulls_an_hour) / (f.logged_hours + 4)) * (f.kept_hours + 4 * a.kept) / (f.planned_hours + 4))::double as calm
from facts as f, average as a
order by f.weekday, f.hour;
