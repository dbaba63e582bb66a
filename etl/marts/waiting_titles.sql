-- Which titles have no role yet, on which calendar, the most hours first? Up to today.
select
    coalesce(o.title, '') as title,
    o.title is null and o.group_key in (from forgotten_titles) as forgotten, -- its text is not stored
    o.group_key,
    o.calendar,
    (sum(d.seconds) / 3600.0)::double as hours,                -- counted
    count(distinct o.occurrence_id)::integer as times,
    date_diff('day', min(o.since), now())::integer as waits_days  -- since it was first stored
from day_slices as d
join (select o.*, f.since from occurrences as o join dated using (occurrence_id) join filings as f using (filing_id)) as o using (occurrence_id)
where d.role = 'unclassified' and d.day <= today_here()
group by o.title, o.group_key, o.calendar
order by hours desc, title, calendar;
