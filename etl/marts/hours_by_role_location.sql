-- The report's table: hours by role and location. Parameters: from_day, to_day.
select
    r.role,
    r.role_order::integer as role_order,
    l.location,
    l.location_order,
    (coalesce(sum(d.seconds), 0) / 3600.0)::double as hours
from roles as r
cross join locations as l
left join day_slices as d on d.role = r.role and d.location = l.location and d.day between $from_day and least($to_day, today_here())
group by r.role, r.role_order, l.location, l.location_order
order by l.location_order, r.role_order;
