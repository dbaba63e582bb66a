-- Which titles have no role yet, the most hours first? Parameters: from_day, to_day.
select
    coalesce(o.title, '') as title,
    (sum(d.seconds) / 3600.0)::double as hours,                -- counted, in the period up to today
    count(distinct o.occurrence_id)::integer as times,
    string_agg(distinct o.calendar, ', ' order by o.calendar) as calendars,
    coalesce(string_agg(distinct o.place_text, ', ' order by o.place_text), '') as places,
    mode(o.location) as location,                              -- where most of them are counted
    min(d.day) as first_day,
    max(d.day) as last_day
from day_slices as d
join occurrences as o using (occurrence_id)
where d.role = 'unclassified' and d.day between $from_day and least($to_day, (select today from coverage))
group by coalesce(o.title, '')
order by hours desc, title;
