-- Which places name no location of the practice yet, the most hours first?
select
    o.place_text as place,
    (sum(d.seconds) / 3600.0)::double as hours,               -- counted, up to today
    count(distinct o.occurrence_id)::integer as times
from day_slices as d
join occurrences as o on o.occurrence_id = coalesce(d.occurrence_id, d.displaced_occurrence_id)
where d.day <= (select today from coverage) and o.place_text is not null and o.own_location is null
group by o.place_text
order by hours desc, place;
