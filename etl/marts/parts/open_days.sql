-- Part of a question: when each location is open on the days that are over, from the first day of the log to the end of the period.
-- Of locations with the same hours one stands for all: `alike` has a row a location, with the one that stands for it (as_one) and whether
-- the practice gives its hours. `open_days` has a row a day of each that stands: logged (any entry in the whole log), open_us (how long it
-- is open, microseconds); `stretches` has a row a stretch of it: from_us, to_us (microseconds since 1970), before_us (how long it was open
-- earlier that day). `began` are all interruptions. Needs the parameters to_day, locations.
logged as (
    select distinct day from interruption_starts
),
spans_of_all as (    -- those that overlap or touch are one
    select location, weekday, bool_or(given) as given, min(from_minute)::bigint as from_minute, max(to_minute)::bigint as to_minute
    from (
        select *, sum(apart) over (partition by location, weekday order by from_minute, to_minute) as stretch
        from (
            select *, coalesce(from_minute > max(to_minute) over (
                partition by location, weekday order by from_minute, to_minute rows between unbounded preceding and 1 preceding
            ), true)::integer as apart
            from open_hours
            where $locations::varchar[] is null or list_contains($locations::varchar[], location)
        )
    )
    group by location, weekday, stretch
),
alike as (
    select location, given, min(location) over (partition by hours) as as_one
    from (
        select location, bool_or(given) as given, list([weekday, from_minute, to_minute] order by weekday, from_minute) as hours
        from spans_of_all
        group by location
    )
),
spans as (
    select location, weekday, from_minute, to_minute from spans_of_all where location in (select as_one from alike)
),
days as (
    select g.day, p.time_zone, timezone(p.time_zone, g.day) as about
    from practice as p, generate_series(
        (select min(day) from logged)::timestamp,
        least($to_day::date, timezone(p.time_zone, now())::date - 1)::timestamp + interval 1 day,
        interval 1 day
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
weekly as (
    select
        location, weekday, from_minute * 60000000 as from_us, to_minute * 60000000 as to_us,
        sum(to_minute - from_minute) over (partition by location, weekday order by from_minute)::bigint * 60000000
            - (to_minute - from_minute) * 60000000 as before_us
    from spans
),
changing as (    -- only on days on which the clocks change does an hour need to be looked up
    select *, sum(to_us - from_us) over (partition by location, day order by from_us)::bigint - (to_us - from_us) as before_us
    from (
        select
            s.location, d.day,
            epoch_us(instant_at(d.time_zone, d.day + to_minutes(s.from_minute))) as from_us,
            epoch_us(instant_at(d.time_zone, d.day + to_minutes(s.to_minute))) as to_us
        from dates as d join spans as s on s.weekday = d.weekday
        where not d.steady
    )
),
stretches as (
    select w.location, d.day, d.midnight_us + w.from_us as from_us, d.midnight_us + w.to_us as to_us, w.before_us
    from dates as d join weekly as w on w.weekday = d.weekday
    where d.steady
    union all
    select location, day, from_us, to_us, before_us from changing
),
open_days as (
    select o.*, l.day is not null as logged
    from (
        select location, day, open_us
        from dates join (
            select location, weekday, sum(to_us - from_us)::bigint as open_us from weekly group by location, weekday
        ) using (weekday)
        where steady
        union all
        select location, day, sum(to_us - from_us)::bigint from changing group by location, day
    ) as o left join logged as l on l.day = o.day
),
began as (
    select about_location as location, day, epoch_us(starts_at) as starts_us, epoch_us(ends_at) as ends_us from interruption_starts
),
