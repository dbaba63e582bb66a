-- What decided one event, and does it count? Parameter: occurrence_id. One row; none where it is not stored.
select
    o.title,                                                                 -- null where dropped or absent
    o.calendar,
    o.place_text,                                                            -- null where dropped or absent
    o.categories,
    o.all_day,
    timezone(p.time_zone, o.starts_at) as starts_at,                         -- the practice's wall clock
    timezone(p.time_zone, o.ends_at) as ends_at,
    ((epoch_us(o.ends_at) - epoch_us(o.starts_at)) // 1000000)::bigint as seconds,  -- its length, as time passes
    o.role,
    o.activity,
    o.location,
    o.decided_by,
    o.location_by,
    o.not_counted_because,                                                   -- null where it counts
    own.uid,                                                                 -- of its series: as a hand-over keeps it
    (select count(*) from dated as d where d.source_id = o.source_id and d.uid = own.uid)::integer as instances,  -- of its series
    -- The calendar where the same event counts, for one that does not count here:
    (select any_value(c.calendar) from occurrences as c where c.uid = o.uid and c.original = o.original and c.counted
        and o.not_counted_because = 'on another calendar') as counted_on,
    p.practice_text
from occurrences as o
join dated as own on own.occurrence_id = o.occurrence_id
cross join practice as p
where o.occurrence_id = $occurrence_id;
