-- What the events that already have a role by their own title or the owner's word are, calendar by calendar. Up to today.
select
    o.calendar,
    d.role,
    (sum(d.seconds) / 3600.0)::double as hours,
    count(distinct o.occurrence_id)::integer as times
from day_slices as d
join occurrences as o using (occurrence_id)
where d.role <> 'unclassified' and o.decided_by not in ('calendar', 'rest of the calendar') and d.day <= today_here()
group by all
order by all;
