-- Where is the owner on which weekday? Hours at each location by weekday: during an interruption the owner was at the location of
-- what it was taken from. Personal time is left out, and so are interruptions out of it or out of nothing: nobody knows where.
-- Parameters: from_day, to_day, locations (null: all; of where the owner was).
with there as (
    select
        isodow(day) - 1 as weekday,
        case when interruption_id is null then location else displaced_location end as location,
        sum(seconds) as seconds,
        count(distinct day) as days
    from day_slices
    where day between $from_day and least($to_day, today_here())
        and case when interruption_id is null then role else displaced_role end <> 'personal'
    group by all
),
calendar as (    -- how many Mondays the period has, of the days that are covered
    select isodow(day) - 1 as weekday, count(*) as days
    from coverage as c, generate_series(
        greatest($from_day::date, c.covered_from)::timestamp, least($to_day::date, c.covered_to)::timestamp, interval 1 day
    ) as g (day)
    group by all
),
final as (
    select l.location, l.location_order, c.weekday, c.days as all_days, coalesce(t.days, 0) as days, coalesce(t.seconds, 0) as seconds
    from locations as l
    cross join calendar as c
    left join there as t on t.location = l.location and t.weekday = c.weekday
    where $locations::varchar[] is null or list_contains($locations::varchar[], l.location)
)
select
    location,
    weekday::integer as weekday,                                  -- 0 is Monday
    all_days::integer as all_days,                                -- days of this weekday in the period
    days::integer as days,                                        -- of these, on which the owner was there
    seconds::bigint as seconds,
    (seconds / 3600.0)::double as hours,                          -- in the period
    (seconds / 3600.0 / all_days)::double as hours_a_day,         -- on an average day of this weekday
    (sum(seconds) over (partition by location) / 3600.0)::double as location_hours  -- on all weekdays
from final
order by location_order, weekday;
