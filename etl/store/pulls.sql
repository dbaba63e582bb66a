-- Renew the interruptions of one calendar. Parameter: source. `held` are those of its export, `planned` ids that are no
-- interruption in it any more, `instances` the events in it that are no plan any more.
create or replace temp table this as      -- the export, loaded last
select export_id, exported_at, from_at, to_at from exports where source_id = $source order by export_id desc limit 1;

create or replace temp table over as      -- the exports that have the last word over it
select n.from_at, n.to_at from exports as n, this as t where n.source_id = $source and n.exported_at > t.exported_at;

create or replace temp table known as select interruption_id, starts_at, ends_at, topic, about_location from log_rows where source_id = $source;

delete from held where exists (from over as o where held.starts_at >= o.from_at and held.starts_at < o.to_at);

delete from held where exists (from over) and interruption_id in (select interruption_id from known);

delete from log_rows
where source_id = $source and (
    interruption_id in (select interruption_id from held)
    or (interruption_id in (select interruption_id from planned) and not exists (from over))
    or (
        exists (from this as t where log_rows.starts_at >= t.from_at and log_rows.starts_at < t.to_at)
        and not exists (from over as o where log_rows.starts_at >= o.from_at and log_rows.starts_at < o.to_at)
    )
);

insert into log_rows by name from held;

delete from dated
where source_id = $source and not exists (from over)
    and exists (
        from instances as i
        where i.uid = dated.uid and (i.recurs = 0 or (i.original = dated.original and i.original_clock = dated.original_clock))
    );

select
    count(*) filter (where k.interruption_id is null)::bigint as new,
    count(*) filter (
        where (k.starts_at, k.ends_at, k.topic, k.about_location) is distinct from (l.starts_at, l.ends_at, l.topic, l.about_location)
            and k.interruption_id is not null and l.interruption_id is not null
    )::bigint as changed,
    count(*) filter (where l.interruption_id is null)::bigint as gone,
    count(*) filter (
        where (k.starts_at, k.ends_at, k.topic, k.about_location) is not distinct from (l.starts_at, l.ends_at, l.topic, l.about_location)
    )::bigint as unchanged
from known as k full join (from log_rows where source_id = $source) as l using (interruption_id);
