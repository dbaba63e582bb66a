-- What became of a calendar and the interruptions in it: its rows as they were (`was`) and as they are (`of_calendars`). Parameters: source, now. One row.
-- An event that happens once and moved is changed, though its original start is another.
with compared as (
    select
        coalesce(w.uid, d.uid) as uid,
        w.occurrence_id is not null as had,
        d.occurrence_id is not null as has,
        w.starts_at = d.starts_at and w.ends_at = d.ends_at and w.clock = d.clock and w.filing_id is not distinct from d.filing_id
            and w.status = d.status and w.topic is not distinct from d.topic and w.about_location is not distinct from d.about_location as same,
        case when w.left_out = 0 then greatest(epoch_us(least(w.ends_at, $now)) - epoch_us(w.starts_at), 0) else 0 end as had_time,
        case when d.left_out = 0 then greatest(epoch_us(least(d.ends_at, $now)) - epoch_us(d.starts_at), 0) else 0 end as has_time
    from was as w full join (from of_calendars where source_id = $source) as d using (occurrence_id)
),
events as (
    select
        uid,
        count(*) filter (where had and has) as stayed,
        count(*) filter (where same) as unchanged,
        count(*) filter (where not has) as went,
        count(*) filter (where not had) as came,
        coalesce(sum(has_time), 0) as time_now,
        coalesce(sum(had_time), 0) as time_known
    from compared
    group by uid
),
judged as (select *, (stayed = 0 and went = 1 and came = 1)::integer as moved from events)
select
    coalesce(sum(came - moved), 0)::bigint as new,
    coalesce(sum(stayed - unchanged + moved), 0)::bigint as changed,
    coalesce(sum(went - moved), 0)::bigint as gone,
    coalesce(sum(unchanged) filter (where uid in (select uid from held)), 0)::bigint as unchanged,  -- of those in the export
    coalesce(sum(greatest(time_known - time_now, 0)), 0)::double / 3600e6 as removed_hours,  -- also by cancelling or shortening
    coalesce(sum(time_known), 0)::double / 3600e6 as known_hours
from judged;
