-- Week by week, or month by month, at each location.
-- Parameters: from_day, to_day, locations (null: all), grain ('week' or 'month').
with begun as (
    select
        case
            when $grain = 'week' then week_of($from_day::date, c.week_starts)
            else date_trunc('month', $from_day::date)::date
        end as first_begins
    from coverage as c
),
bars as (
    select
        begins::date as begins,
        case when $grain = 'week' then begins::date + 6 else last_day(begins::date) end as ends
    from begun, unnest(generate_series(
        first_begins::timestamp, $to_day::timestamp, case when $grain = 'week' then interval 7 days else interval 1 month end
    )) as g (begins)
),
hours as (
    select
        case when $grain = 'week' then week else date_trunc('month', day)::date end as begins,
        location, role, sum(seconds) / 3600.0 as hours
    from day_slices where day between $from_day and least($to_day, (select today from coverage))
    group by all
)
select
    b.begins,                                              -- first day of the week or month
    l.location,
    l.location_order,
    r.role,
    r.role_order::integer as role_order,
    coalesce(h.hours, 0)::double as hours,
    (sum(coalesce(h.hours, 0)) filter (where r.role <> 'personal') over (partition by b.begins, l.location))::double as location_hours,  -- working hours
    (b.begins >= greatest($from_day, c.covered_from) and b.ends <= least($to_day, c.covered_to) and b.ends < c.today) as finished
from bars as b
cross join locations as l
cross join roles as r
cross join coverage as c
left join hours as h on h.begins = b.begins and h.location = l.location and h.role = r.role
where $locations::varchar[] is null or list_contains($locations::varchar[], l.location)
order by l.location_order, b.begins, r.role_order;
