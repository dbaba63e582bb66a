-- An all-day event that names a location says where the owner was that day; the shortest is the most precise, and
-- two equally short ones that disagree say nothing.
insert into settled
with named as (
    select
        f.own_location as location,
        timezone(p.time_zone, d.starts_at)::date as first_day,
        timezone(p.time_zone, greatest(d.ends_at - interval 1 microsecond, d.starts_at))::date as last_day,  -- some write no end: that day
        last_day - first_day as length,  -- not in hours: a day has fewer where the clocks change
        unnest(generate_series(first_day, last_day, interval 1 day))::date as day
    from dated as d join filings as f using (filing_id) cross join practice as p
    where f.all_day and f.own_location is not null and f.own_location <> 'Practice-wide'
        and d.status not in (1, 2)  -- cancelled, declined
        and d.ends_at - d.starts_at <= interval 366 days
),
shortest as (select day, location from named qualify length = min(length) over (partition by day)),
markers as (select day, min(location) as location from shortest group by day having count(distinct location) = 1)
select d.occurrence_id, false, m.location
from dated as d
join filings as f using (filing_id)
cross join practice as p
join markers as m on m.day = timezone(p.time_zone, d.starts_at)::date
where not f.all_day and f.own_location is null
    and d.occurrence_id not in (select occurrence_id from settled);  -- a copy is nowhere
