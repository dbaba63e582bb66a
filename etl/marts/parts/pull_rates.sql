-- Part of a question: interruptions of each location for each hour that it is open, and by how many work there. `rates` has a row a
-- location: pulls (that began in the period), inside (of these, in its open hours), open_hours (of logged days that are over; null
-- where the practice does not say), team (null where it does not say), a_week. Needs from_day, to_day, locations.
recent as (
    select about_location as location, day, epoch_us(starts_at) as starts_us from interruption_starts
    where day between $from_day and least($to_day, today_here())
),
counted as (
    select b.location, count(*) as pulls, count(s.day) as inside
    from recent as b
    left join open_alike as a on a.location = b.location
    left join open_stretches as s on s.location = a.as_one and s.day = b.day and b.starts_us >= s.from_us and b.starts_us < s.to_us
        and s.day < today_here()
    group by b.location
),
hours as (
    select location, sum(open_us) / 3600e6 as open_hours
    from open_days
    where logged and day between $from_day and least($to_day, today_here() - 1)
    group by location
),
rates as (
    select
        l.location, l.location_order, l.team, coalesce(c.pulls, 0) as pulls, coalesce(c.inside, 0) as inside, h.open_hours,
        coalesce(c.pulls, 0) / weeks_in($from_day, $to_day) as a_week
    from locations as l
    left join counted as c on c.location = l.location
    left join open_alike as a on a.location = l.location and a.given
    left join hours as h on h.location = a.as_one
    where l.location <> 'Practice-wide' and ($locations::varchar[] is null or list_contains($locations::varchar[], l.location))
),
