-- Part of a question: the time of interruptions cut at the hours of the local clock and at the edges of the working hours, and
-- their beginnings. `pieces` has a row a piece of time (seconds, no pull) and a row a beginning (one pull, no seconds), each with
-- its local day, weekday (0 is Monday) and hour, and with what it was taken from (a role, else 'free working time' or 'after hours').
-- Needs the parameters from_day, to_day, locations.
span as (
    select time_zone, least($to_day::date, timezone(time_zone, now())::date) as until from practice
),
edges as (
    select w.weekday, h.minute from range(7) as w (weekday), range(0, 1500, 60) as h (minute)
    union select weekday, from_minute from working_hours
    union select weekday, to_minute from working_hours
),
stretches as (
    select weekday, minute as from_minute, lead(minute) over (partition by weekday order by minute) as to_minute from edges
),
clock as (
    select
        s.weekday, s.from_minute // 60 as hour, s.from_minute, s.to_minute,
        coalesce(bool_or(w.from_minute <= s.from_minute and s.to_minute <= w.to_minute), false) as working
    from stretches as s left join working_hours as w on w.weekday = s.weekday
    where s.to_minute is not null
    group by all
),
taken as (
    select
        s.starts_at, s.ends_at, s.interruption_id, s.role, s.activity, s.location as about, s.displaced_role, s.displaced_location,
        timezone(p.time_zone, s.starts_at) as begins, timezone(p.time_zone, s.ends_at) as ends, p.time_zone
    from time_slices as s cross join span as p
    where s.interruption_id is not null
        and s.ends_at > timezone('UTC', $from_day::timestamp - interval 2 days)
        and s.starts_at < timezone('UTC', $to_day::timestamp + interval 3 days)
        and ($locations::varchar[] is null or list_contains($locations::varchar[], s.location))
),
on_the_clock as (
    select begins, ends, interruption_id, role, activity, about, displaced_role, displaced_location
    from taken where ends - begins = ends_at - starts_at
    union all
    -- The clock was changed meanwhile: minute by minute, since it changes on whole minutes.
    select
        timezone(time_zone, greatest(starts_at, minute)),
        timezone(time_zone, greatest(starts_at, minute)) + (least(ends_at, minute + interval 1 minute) - greatest(starts_at, minute)),
        interruption_id, role, activity, about, displaced_role, displaced_location
    from (
        select *, unnest(generate_series(date_trunc('minute', starts_at), ends_at - interval 1 microsecond, interval 1 minute)) as minute
        from taken where ends - begins <> ends_at - starts_at
    )
),
by_hour as (
    select *, unnest(generate_series(date_trunc('hour', begins), ends - interval 1 microsecond, interval 1 hour)) as hour_at
    from on_the_clock
),
logged_at as (    -- one that stands in two logs is one
    select interruption_id, min(starts_at) as starts_at, min(role) as role, min(activity) as activity from log_rows group by interruption_id
),
begun as (
    select
        s.interruption_id, i.role, i.activity, s.about_location as about, s.displaced_role, s.displaced_location,
        s.day, timezone(p.time_zone, i.starts_at) as begins
    from interruption_starts as s join logged_at as i using (interruption_id) cross join span as p
    where s.day between $from_day and p.until
        and ($locations::varchar[] is null or list_contains($locations::varchar[], s.about_location))
),
pieces as (
    select
        b.interruption_id, b.role, b.activity, b.about, b.displaced_role, b.displaced_location,
        b.hour_at::date as day, c.weekday, c.hour,
        coalesce(b.displaced_role, case when c.working then 'free working time' else 'after hours' end) as taken_from,
        (epoch_us(least(b.ends, b.hour_at::date + to_minutes(c.to_minute)))
            - epoch_us(greatest(b.begins, b.hour_at::date + to_minutes(c.from_minute)))) // 1000000 as seconds,
        0 as pulls
    from by_hour as b join clock as c on c.weekday = isodow(b.hour_at) - 1 and c.hour = hour(b.hour_at)
    where b.hour_at::date between $from_day and (select until from span)
        and b.begins < b.hour_at::date + to_minutes(c.to_minute) and b.ends > b.hour_at::date + to_minutes(c.from_minute)
    union all
    select
        b.interruption_id, b.role, b.activity, b.about, b.displaced_role, b.displaced_location, b.day, c.weekday, c.hour,
        coalesce(b.displaced_role, case when c.working then 'free working time' else 'after hours' end), 0, 1
    from begun as b join clock as c on c.weekday = isodow(b.begins) - 1
        and hour(b.begins) * 60 + minute(b.begins) >= c.from_minute and hour(b.begins) * 60 + minute(b.begins) < c.to_minute
),
