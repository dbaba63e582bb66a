-- What is loaded, and how far does it reach?
with parts as (  -- up to today; of a calendar also the interruptions that stand in it
    select o.source_id, sum(d.seconds) / 3600.0 as hours
    from day_slices as d join dated as o on o.occurrence_id = coalesce(d.occurrence_id, d.displaced_occurrence_id)
    where d.day <= today_here()
    group by o.source_id
    union all
    select i.source_id, sum(d.seconds) / 3600.0
    from day_slices as d join interruption_starts as i using (interruption_id)
    where d.day <= today_here()
    group by i.source_id
),
owned as (select source_id, sum(hours) as hours from parts group by source_id)
select
    s.source_id,
    s.kind,                                                                       -- 'calendar' or 'interruptions'
    s.name,
    s.file_name,
    s.time_zone,                                                                  -- as the export says; null where it does not
    strftime(timezone(p.time_zone, s.loaded_at), '%Y-%m-%d %H:%M') as loaded_at,  -- the practice's wall clock
    timezone(p.time_zone, s.covers_from)::date as covers_from,
    timezone(p.time_zone, s.covers_to - interval 1 microsecond)::date as covers_to,
    (select count(*) from dated as d where d.source_id = s.source_id)::integer as occurrences,
    (select count(*) from log_rows as l where l.source_id = s.source_id)::integer as interruptions,
    coalesce(owned.hours, 0)::double as counted_hours,  -- up to today
    (select count(*) from load_notes as n where n.source_id = s.source_id)::integer as notes
from sources as s
cross join practice as p
left join owned using (source_id)
order by s.source_id;
