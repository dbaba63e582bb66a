-- How often was each day broken up, and what was left for leadership? Parameters: from_day, to_day. A row a day with anything counted.
-- Neighbours that touch and have the same role (or location) are one stretch; stretches under five minutes are ignored on both
-- sides; a switch is a change from one of those that are left to the next of the same day.
with
-- part day_stretches
marked as (
    select
        *,
        (apart or role <> role_before)::integer as new_role,
        (apart or location <> location_before)::integer as new_location,
        (apart or role <> role_before or interruption_id is distinct from pull_before)::integer as new_quiet
    from (
        select
            *,
            coalesce(begins <> lag(ends) over days or day <> lag(day) over days, true) as apart,
            lag(role) over days as role_before,
            lag(location) over days as location_before,
            lag(interruption_id) over days as pull_before
        from stretches
        window days as (order by begins)    -- one day after the other: to sort each by itself takes twice as long
    )
),
numbered as (
    select
        *,
        sum(new_role) over days as role_run,
        sum(new_location) over days as location_run,
        sum(new_quiet) over days as quiet_run
    from marked
    window days as (order by begins)
),
role_runs as (
    select day, role_run, any_value(role) as role, sum(ends - begins) as length from numbered group by day, role_run
),
location_runs as (
    select day, location_run, any_value(location) as location, sum(ends - begins) as length from numbered group by day, location_run
),
role_switches as (
    select day, count(*) filter (where role <> before and day = day_before) as switches
    from (
        select *, lag(role) over runs as before, lag(day) over runs as day_before
        from role_runs where length >= 300000000 window runs as (order by role_run)
    )
    group by day
),
location_switches as (
    select day, count(*) filter (where location <> before and day = day_before) as switches
    from (
        select *, lag(location) over runs as before, lag(day) over runs as day_before
        from location_runs where length >= 300000000 window runs as (order by location_run)
    )
    group by day
),
quiet as (
    select day, max(length) // 1000000 as seconds, arg_max(starts_minute, (length, -starts_minute)) as from_minute
    from (
        select day, sum(ends - begins) as length, min(starts_minute) as starts_minute
        from numbered
        where role = 'leadership' and interruption_id is null
        group by day, quiet_run
    )
    group by day
),
sums as (
    select
        day,
        coalesce(sum(ends - begins) filter (where role = 'leadership'), 0) as leadership,
        coalesce(sum(ends - begins) filter (where role = 'management'), 0) as management,
        coalesce(sum(ends - begins) filter (where role = 'clinical'), 0) as clinical,
        coalesce(sum(ends - begins) filter (where role <> 'personal'), 0) as work
    from stretches
    group by day
),
pulls as (select day, count(*) as pulls from interruption_starts group by day),
final as (
    select s.*, coalesce(r.switches, 0) as role_switches, coalesce(l.switches, 0) as location_switches, q.seconds as quiet_seconds, q.from_minute,
        coalesce(p.pulls, 0) as pulls, s.work > 0 as is_work
    from sums as s
    left join role_switches as r on r.day = s.day
    left join location_switches as l on l.day = s.day
    left join quiet as q on q.day = s.day
    left join pulls as p on p.day = s.day
)
select
    day,
    (work / 3600e6)::double as work_hours,                              -- all roles but personal
    (leadership / 3600e6)::double as leadership_hours,
    (management / 3600e6)::double as management_hours,
    (clinical / 3600e6)::double as clinical_hours,
    pulls::integer as pulls,                                            -- interruptions that began on this day
    role_switches::integer as role_switches,
    location_switches::integer as location_switches,
    (coalesce(quiet_seconds, 0) / 3600.0)::double as longest_leadership_hours,  -- undisturbed
    from_minute::double as longest_from_minute,                         -- on the local clock; null: no leadership
    (select why from days_off as o where o.day = final.day) as day_off, -- what says that it is one; null: it is none
    -- Of all days with work, the same on every row:
    (avg(role_switches) filter (where is_work) over ())::double as role_switches_a_day,
    (avg(location_switches) filter (where is_work) over ())::double as location_switches_a_day,
    (max(coalesce(quiet_seconds, 0)) over () / 3600.0)::double as longest_of_all_hours
from final
order by day desc;
