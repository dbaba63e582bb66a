-- Bar by bar, at each location. Parameters: from_day, to_day, locations (null: all), grain ('day', 'week', 'month' or 'quarter').
with
-- part bars
hours as (
    select
        case $grain when 'week' then week else date_trunc($grain, day)::date end as begins,
        location, role, sum(seconds) / 3600.0 as hours
    from day_slices where day between $from_day and least($to_day, today_here())
    group by all
)
select
    b.begins,                                              -- first day of the bar
    l.location,
    l.location_order,
    r.role,
    r.role_order::integer as role_order,
    coalesce(h.hours, 0)::double as hours,
    (sum(coalesce(h.hours, 0)) filter (where r.role <> 'personal') over (partition by b.begins, l.location))::double as location_hours,  -- working hours
    b.finished,
    b.days_off::integer as days_off                        -- working days of it that were off
from bars as b
cross join locations as l
cross join roles as r
left join hours as h on h.begins = b.begins and h.location = l.location and h.role = r.role
where $locations::varchar[] is null or list_contains($locations::varchar[], l.location)
order by l.location_order, b.begins, r.role_order;
