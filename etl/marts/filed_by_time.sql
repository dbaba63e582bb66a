-- What the events that have a role are, by location, weekday and half of the day. Up to today.
select
    o.location,
    isodow(d.day)::integer as weekday,                                           -- 1 is Monday
    date_part('hour', timezone(p.time_zone, o.starts_at)) < 12 as morning,
    d.role,
    count(distinct o.occurrence_id)::integer as times
from day_slices as d
join occurrences as o using (occurrence_id)
cross join practice as p
where d.role <> 'unclassified' and d.day <= today_here()
group by all
order by all;
