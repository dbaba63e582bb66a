-- Which days has the owner marked, with an all-day event, as spent at a location? Parameters: from_day, to_day.
with named as (
    select
        f.own_location as location,
        timezone(p.time_zone, d.starts_at)::date as first_day,
        timezone(p.time_zone, greatest(d.ends_at - interval 1 microsecond, d.starts_at))::date as last_day,
        last_day - first_day as length,  -- not in hours: a day has fewer where the clocks change
        unnest(generate_series(first_day, last_day, interval 1 day))::date as day
    from dated as d join filings as f using (filing_id) cross join practice as p
    where f.all_day and f.own_location is not null and f.own_location <> 'Practice-wide'
        and d.status not in (1, 2)
        and d.ends_at - d.starts_at <= interval 366 days
),
shortest as (select day, location from named where day between $from_day and $to_day qualify length = min(length) over (partition by day))
select
    day,
    min(location) as location                         -- as in transform/markers.sql: two that disagree say nothing
from shortest
group by day
having count(distinct location) = 1
order by day;
