-- The time of interruptions cut at the hours of the local clock and at the edges of the working hours, and their beginnings.
-- Times of the local clock are microseconds since 1970, Monday's first hour is hour 0 of a week: whole numbers are fast to cut.
insert into pull_pieces
with
edges as (
    select w.weekday, h.minute from range(7) as w (weekday), range(0, 1500, 60) as h (minute)
    union select weekday, from_minute from working_hours
    union select weekday, to_minute from working_hours
),
stretches as (
    select weekday, minute as from_minute, lead(minute) over (partition by weekday order by minute) as to_minute from edges
),
clock as (    -- each stretch of the week within one hour, and whether it is working time
    select
        s.weekday * 24 + s.from_minute // 60 as week_hour,
        (s.from_minute % 60)::bigint * 60000000 as from_us,
        (s.to_minute - s.from_minute // 60 * 60)::bigint * 60000000 as to_us,
        coalesce(bool_or(w.from_minute <= s.from_minute and s.to_minute <= w.to_minute), false) as working
    from stretches as s left join working_hours as w on w.weekday = s.weekday
    where s.to_minute is not null
    group by all
),
taken as (
    select
        s.interruption_id, s.role, s.activity, s.location as about, s.displaced_role, s.displaced_location, p.time_zone,
        epoch_us(s.starts_at) as starts_us, epoch_us(s.ends_at) as ends_us,
        epoch_us(timezone(p.time_zone, s.starts_at)) as begins, epoch_us(timezone(p.time_zone, s.ends_at)) as ends
    from time_slices as s cross join practice as p
    where s.interruption_id is not null
),
on_the_clock as (
    select begins, ends, interruption_id, role, activity, about, displaced_role, displaced_location
    from taken where ends - begins = ends_us - starts_us
    union all
    -- The clock was changed meanwhile: minute by minute, since it changes on whole minutes.
    select
        epoch_us(timezone(time_zone, make_timestamptz(from_us))) as begins,
        epoch_us(timezone(time_zone, make_timestamptz(from_us))) + least(ends_us, minute + 60000000) - from_us as ends,
        interruption_id, role, activity, about, displaced_role, displaced_location
    from (
        select *, greatest(starts_us, minute) as from_us
        from (
            select *, unnest(range(starts_us // 60000000 * 60000000, ends_us, 60000000)) as minute
            from taken where ends - begins <> ends_us - starts_us
        )
    )
),
by_hour as (
    select *, unnest(range(begins // 3600000000, (ends - 1) // 3600000000 + 1)) as hour_at from on_the_clock
),
begun as (
    select
        s.interruption_id, s.role, s.activity, s.about_location as about, s.displaced_role, s.displaced_location,
        s.day, epoch_us(timezone(p.time_zone, s.starts_at)) as begins
    from interruption_starts as s cross join practice as p
),
parts as (
    select
        b.interruption_id, b.role, b.activity, b.about, b.displaced_role, b.displaced_location, c.week_hour, c.working,
        date '1970-01-01' + (b.hour_at // 24)::integer as day,
        (least(b.ends, b.hour_at * 3600000000 + c.to_us) - greatest(b.begins, b.hour_at * 3600000000 + c.from_us)) // 1000000 as seconds,
        0 as pulls
    from by_hour as b join clock as c on c.week_hour = (b.hour_at + 72) % 168    -- 1970 began on a Thursday
    where b.begins < b.hour_at * 3600000000 + c.to_us and b.ends > b.hour_at * 3600000000 + c.from_us
    union all
    select b.interruption_id, b.role, b.activity, b.about, b.displaced_role, b.displaced_location, c.week_hour, c.working, b.day, 0, 1
    from begun as b join clock as c on c.week_hour = (b.begins // 3600000000 + 72) % 168
    where b.begins % 3600000000 >= c.from_us and b.begins % 3600000000 < c.to_us
)
select
    day, week_hour % 24, seconds, pulls, interruption_id, role, activity, about, displaced_role, displaced_location,
    coalesce(displaced_role, case when working then 'free working time' else 'after hours' end)
from parts
order by day;
