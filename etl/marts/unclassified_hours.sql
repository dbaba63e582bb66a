-- How many hours have no role yet? Parameters: from_day, to_day, locations (null: all). One row.
select
    (coalesce(sum(d.seconds), 0) / 3600.0)::double as hours,
    (coalesce(sum(d.seconds), 0) / 3600.0 / weeks_in($from_day, $to_day))::double as hours_a_week,
    count(distinct coalesce(o.title, ''))::integer as titles  -- events without a title are one
from day_slices as d
left join occurrences as o on o.occurrence_id = d.occurrence_id
where d.role = 'unclassified' and d.day between $from_day and least($to_day, today_here())
    and ($locations::varchar[] is null or list_contains($locations::varchar[], d.location));
