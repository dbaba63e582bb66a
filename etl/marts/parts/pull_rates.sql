-- Part of a question: interruptions of each location for each hour that it is open, and by how many work there. `rates` has a row a
-- location: pulls (that began in the period), inside (of these, in its open hours), open_hours (of logged days that are over; null
-- where the practice does not say), team (null where it does not say), a_week. Stands after open_days; needs from_day, to_day, locations.
recent as (
    select location, day, starts_us from began
    where day between $from_day and (select least($to_day::date, timezone(time_zone, now())::date) from practice)
),
inside as (
    select b.location, count(*) as pulls
    from recent as b join alike as a on a.location = b.location join stretches as s on s.location = a.as_one and s.day = b.day
    where b.starts_us >= s.from_us and b.starts_us < s.to_us
    group by b.location
),
counted as (
    select location, count(*) as pulls from recent group by location
),
hours as (
    select a.location, o.open_hours
    from alike as a join (
        select location, sum(open_us) / 3600e6 as open_hours from open_days where logged and day >= $from_day group by location
    ) as o on o.location = a.as_one
    where a.given
),
rates as (
    select
        l.location, l.location_order, l.team, coalesce(c.pulls, 0) as pulls, coalesce(i.pulls, 0) as inside, h.open_hours,
        coalesce(c.pulls, 0) / weeks_in($from_day, $to_day) as a_week
    from locations as l
    left join counted as c on c.location = l.location
    left join inside as i on i.location = l.location
    left join hours as h on h.location = l.location
    where l.location <> 'Practice-wide' and ($locations::varchar[] is null or list_contains($locations::varchar[], l.location))
),
