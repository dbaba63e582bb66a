-- Who asks most, fairly counted: for each hour that a location is open, and for each who works there? Beside it the plain number.
-- Parameters: from_day, to_day, locations (null: all). Open hours are those of logged days that are over.
with
-- part open_days
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
final as (
    select
        l.location, l.location_order, l.team, coalesce(c.pulls, 0) as pulls, coalesce(i.pulls, 0) as inside, h.open_hours,
        coalesce(c.pulls, 0) / weeks_in($from_day, $to_day) as a_week
    from locations as l
    left join counted as c on c.location = l.location
    left join inside as i on i.location = l.location
    left join hours as h on h.location = l.location
    where l.location <> 'Practice-wide' and ($locations::varchar[] is null or list_contains($locations::varchar[], l.location))
)
select
    location,
    location_order::integer as location_order,
    pulls::integer as pulls,                                                            -- about it, that began in the period
    a_week::double as pulls_a_week,                                                     -- the plain number
    open_hours::double as logged_open_hours,                                            -- null where the practice does not say when it is open
    case when open_hours is not null then inside end::integer as pulls_in_open_hours,   -- of the pulls, that began in these hours
    (inside / open_hours)::double as pulls_an_open_hour,
    (inside / open_hours * 10)::double as pulls_in_ten_open_hours,                      -- the same, in numbers that can be read
    team,                                                                               -- null where it is not given
    (a_week / team)::double as pulls_a_member_a_week
from final
order by location_order;
