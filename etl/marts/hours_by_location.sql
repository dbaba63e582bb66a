-- Side by side: how do the hours of each location split? Parameters: from_day, to_day, locations (null: all).
with hours as (
    select location, role, sum(seconds) / 3600.0 as hours
    from day_slices where day between $from_day and least($to_day, (select today from coverage))
    group by all
),
final as (
    select l.location, l.location_order, r.role, r.role_order, coalesce(h.hours, 0) as hours,
        sum(coalesce(h.hours, 0)) filter (where r.role <> 'personal') over (partition by l.location) as work_hours
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
    (hours / weeks_in($from_day, $to_day))::double as hours_a_week,
    case when role <> 'personal' then hours / nullif(work_hours, 0) end::double as share,       -- of the location's working hours
    (work_hours / weeks_in($from_day, $to_day))::double as location_hours_a_week                -- working hours: all roles but personal
from final
order by location_order, role_order;
