-- Which all-day events say where the owner was on the day of one event? Parameter: occurrence_id. The most precise, the
-- shortest, on that day (transform/markers.sql); more than one row where equally short ones agree.
with own as (
    select timezone(p.time_zone, o.starts_at)::date as day, o.location
    from occurrences as o cross join practice as p
    where o.occurrence_id = $occurrence_id and o.location_by = 'all-day event'
),
named as (
    select f.title, f.calendar, epoch_us(d.ends_at) - epoch_us(d.starts_at) as length
    from dated as d
    join filings as f using (filing_id)
    cross join practice as p
    join own on f.own_location = own.location
        and own.day between timezone(p.time_zone, d.starts_at)::date
            and timezone(p.time_zone, greatest(d.ends_at - interval 1 microsecond, d.starts_at))::date
    where f.all_day and d.status not in (1, 2)  -- cancelled, declined
)
select distinct
    title,                                      -- null where dropped
    calendar
from named
qualify length = min(length) over ()
order by title, calendar;
