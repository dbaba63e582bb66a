-- The owner's corrections of single events and series, the newest first.
select
    c.correction_id,
    case when c.original is null and count(d.occurrence_id) > 1 then 'series' else 'event' end as what,
    any_value(f.title) as title,                                -- null where it is not kept, or the event is not loaded
    coalesce(any_value(f.calendar), '') as calendar,
    coalesce(strftime(timezone(any_value(p.time_zone), min(d.starts_at)), '%Y-%m-%d %H:%M'), '') as first_at,
    count(d.occurrence_id)::integer as events,                  -- how many it holds for
    c.role,
    c.activity,
    coalesce(c.location, '') as location                        -- '' where the correction says none
from corrections as c
cross join practice as p
left join filings as f using (correction_id)
left join dated as d using (filing_id)
group by c.correction_id, c.original, c.role, c.activity, c.location
order by c.correction_id desc;
