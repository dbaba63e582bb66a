-- What one source came to. Parameter: source_id. One row.
with today as (select timezone(time_zone, now())::date as today from practice),
owned as (  -- the time its occurrences own, also where an interruption took it
    select coalesce(sum(seconds), 0) / 3600.0 as hours,
        coalesce(sum(seconds) filter (where role = 'unclassified'), 0) / 3600.0 as unclassified_hours,
        coalesce(sum(seconds) filter (where day > (from today)), 0) / 3600.0 as to_come
    from day_slices
    where coalesce(occurrence_id, displaced_occurrence_id) in (select occurrence_id from dated where source_id = $source_id)
),
logged as (
    select coalesce(sum(seconds), 0) / 3600.0 as hours
    from day_slices
    where interruption_id in (select interruption_id from interruption_starts where source_id = $source_id)
)
select
    s.source_id,
    s.name,                                                                        -- calendar's name, or the log's file name without its ending
    s.kind,                                                                        -- 'calendar' or 'interruptions'
    (select count(*) from dated as d where d.source_id = s.source_id)
        + (select count(*) from log_rows as l where l.source_id = s.source_id) as row_count,  -- events or interruptions
    (owned.hours + logged.hours)::double as hours,                                  -- counted
    owned.unclassified_hours::double as unclassified_hours,                        -- counted, no role known yet
    owned.to_come::double as hours_to_come,                                        -- of the counted: after today
    coalesce(strftime(timezone(p.time_zone, s.covers_from), '%Y-%m-%d'), '') as covers_from,       -- first local day
    coalesce(strftime(timezone(p.time_zone, s.covers_to - interval 1 microsecond), '%Y-%m-%d'), '') as covers_to  -- last local day
from sources as s, practice as p, owned, logged
where s.source_id = $source_id;
