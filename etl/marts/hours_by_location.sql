-- Side by side: how do the hours of each location split? Parameters: from_day, to_day, locations (null: all).
with hours as (
    select location, role, sum(seconds) / 3600.0 as hours
    from day_slices where day between $from_day and least($to_day, today_here())
    group by all
),
final as (
    select l.location, l.location_order, r.role, r.role_order, coalesce(h.hours, 0) as hours,
        r.role <> 'personal' as is_work,
        l.location <> 'Practice-wide' as is_place,
        weeks_in($from_day, $to_day) as weeks
    from locations as l
    cross join roles as r
    left join hours as h on h.location = l.location and h.role = r.role
    where $locations::varchar[] is null or list_contains($locations::varchar[], l.location)
)
select
    location,
    location_order,
    role,
    role_order::integer as role_order,
    hours::double as hours,
    (hours / weeks)::double as hours_a_week,
    case when is_work then hours / nullif(sum(hours) filter (where is_work) over own, 0) end::double as share,  -- of the location's working hours
    (sum(hours) filter (where is_work) over own)::double as location_hours,                                     -- working hours: all roles but personal
    (sum(hours / weeks) filter (where is_work) over own)::double as location_hours_a_week,
    -- of this role's hours at all locations asked for; null for Practice-wide, which is none
    case when is_place then hours / nullif(sum(hours) filter (where is_place) over (partition by role), 0) end::double as share_of_role,
    (hours / nullif(sum(hours) over (partition by role), 0))::double as share_of_all,  -- of this role's hours, Practice-wide ones included
    -- Working hours at all locations asked for, the same on every row, without Practice-wide and with it:
    (sum(hours / weeks) filter (where is_work and is_place) over ())::double as placed_hours_a_week,
    (sum(hours / weeks) filter (where is_work) over ())::double as all_hours_a_week
from final
window own as (partition by location)
order by location_order, role_order;
