-- Fill open_alike, open_stretches and open_days: when each location is open, from the first day of the log until two years from now.
create or replace temp table spans as    -- those that overlap or touch are one
select location, weekday, bool_or(given) as given, min(from_minute)::bigint as from_minute, max(to_minute)::bigint as to_minute
from (
    select *, sum(apart) over (partition by location, weekday order by from_minute, to_minute) as stretch
    from (
        select *, coalesce(from_minute > max(to_minute) over (
            partition by location, weekday order by from_minute, to_minute rows between unbounded preceding and 1 preceding
        ), true)::integer as apart
        from open_hours
    )
)
group by location, weekday, stretch;

delete from open_alike;

insert into open_alike
select location, min(location) over (partition by hours), given
from (
    select location, bool_or(given) as given, list([weekday, from_minute, to_minute] order by weekday, from_minute) as hours
    from spans
    group by location
);

delete from open_stretches;

insert into open_stretches
with
days as (
    select g.day, p.time_zone, timezone(p.time_zone, g.day) as about
    from practice as p, (select min(day) as first_day, max(day) as last_day from interruption_starts), generate_series(
        first_day::timestamp, greatest(last_day, timezone(p.time_zone, now())::date)::timestamp + interval 2 years, interval 1 day
    ) as g (day)
),
midnights as (    -- only after a day that was not of 24 hours a midnight can be one that comes twice
    select
        day::date as day, time_zone,
        case when about - lag(about) over (order by day) = interval 24 hours then about else instant_at(time_zone, day) end as midnight
    from days
),
dates as (
    select day, isodow(day) - 1 as weekday, time_zone, epoch_us(midnight) as midnight_us, epoch_us(next_midnight) - epoch_us(midnight) = 86400000000 as steady
    from (select *, lead(midnight) over (order by day) as next_midnight from midnights)
    where next_midnight is not null
),
stretches as (    -- only on days on which the clocks change does an hour need to be looked up
    select
        s.location, d.day,
        case when d.steady then d.midnight_us + s.from_minute * 60000000 else epoch_us(instant_at(d.time_zone, d.day + to_minutes(s.from_minute))) end as from_us,
        case when d.steady then d.midnight_us + s.to_minute * 60000000 else epoch_us(instant_at(d.time_zone, d.day + to_minutes(s.to_minute))) end as to_us
    from dates as d join spans as s on s.weekday = d.weekday
    where s.location in (select as_one from open_alike)
)
select *, sum(to_us - from_us) over (partition by location, day order by from_us)::bigint - (to_us - from_us) from stretches
order by location, day;

delete from open_days;

insert into open_days
select
    location, day, open_us, logged,
    (sum(case when logged then open_us else 0 end) over in_order)::bigint - open_us,
    (sum((not logged)::integer) over in_order)::bigint
from (
    select location, day, sum(to_us - from_us)::bigint as open_us, day in (select day from interruption_starts) as logged
    from open_stretches
    group by location, day
)
window in_order as (partition by location order by day rows between unbounded preceding and current row)
order by location, day;

drop table spans;
