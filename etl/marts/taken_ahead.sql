-- What stands in the way of a leadership block? Parameters: from_day, to_day (inclusive). Instants are seconds since 1970.
-- Everything counted; whole days off; blocks that were put aside and are not in an export yet. A day is off as in days_off, or under an
-- all-day event that keeps the owner busy and says of no location that the owner is there.
with
-- part blocks_now
reach as materialized (
    select
        time_zone,
        instant_at(time_zone, $from_day::date::timestamp) as since,
        instant_at(time_zone, $to_day::date::timestamp + interval 1 day) as until
    from practice
),
events as (    -- those that are asked about, told apart from whole days
    select d.occurrence_id, d.starts_at, d.ends_at, d.left_out, d.status, f.all_day, f.role, f.own_location, r.time_zone
    from dated as d join filings as f using (filing_id) cross join reach as r
    where d.ends_at > r.since and d.starts_at < r.until
),
taken as (
    select starts_at, ends_at, 'event' as what, role
    from events
    where left_out = 0 and occurrence_id not in (select occurrence_id from settled where is_copy)
    union all
    select instant_at(time_zone, day::timestamp), instant_at(time_zone, day::timestamp + interval 1 day), 'day off', 'personal'
    from days_off, reach
    union all
    select starts_at, ends_at, 'day off', role
    from events
    where all_day and status = 0 and coalesce(own_location, 'Practice-wide') = 'Practice-wide'
        and timezone(time_zone, starts_at)::date not in (select day from days_off)
    union all
    select starts_at, ends_at, 'block', 'leadership' from blocks_now where not came_back
)
select
    epoch_us(t.starts_at) // 1000000 as starts_at,
    epoch_us(t.ends_at) // 1000000 as ends_at,
    t.what,                                                  -- 'event', 'day off' or 'block'
    t.role
from taken as t, reach as r
where t.ends_at > r.since and t.starts_at < r.until
order by t.starts_at, t.ends_at, t.what;
