-- How much time goes by between which two locations, there and back? The hours are of no role, and stand beside the counted ones.
-- Parameters: from_day, to_day, locations (null: all; else trips from or to one of them).
with
-- part trips
final as (
    select
        least(a.location_order, b.location_order) as first_order, greatest(a.location_order, b.location_order) as second_order,
        count(*) as trips, count(distinct t.day) as days, sum(t.seconds) as seconds
    from trips as t
    join locations as a on a.location = t.from_place
    join locations as b on b.location = t.to_place
    group by all
)
select
    a.location as one,                                                              -- the first of the two in the practice's order
    b.location as other,
    f.trips::integer as trips,                                                      -- in either direction
    f.days::integer as days,                                                        -- on which there were any
    f.seconds::bigint as seconds,
    (f.seconds / 3600.0)::double as hours,                                          -- in the period
    (f.seconds / 3600.0 / weeks_in($from_day, $to_day))::double as hours_a_week,
    -- The same on every row:
    (sum(f.seconds) over () / 3600.0)::double as all_hours,
    (sum(f.seconds) over () / 3600.0 / weeks_in($from_day, $to_day))::double as all_hours_a_week,
    (sum(f.trips) over ())::integer as all_trips
from final as f
join locations as a on a.location_order = f.first_order
join locations as b on b.location_order = f.second_order
order by f.seconds desc, f.first_order, f.second_order;
