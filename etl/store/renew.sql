-- Renew one calendar. Parameters: source, export. `was` are its rows as they were, `again` those of the export.
create or replace temp table newer as     -- the exports that have the last word over this one
select n.export_id, n.exported_at, n.from_at, n.to_at
from exports as n join exports as e on e.export_id = $export and n.exported_at > e.exported_at
where n.source_id = $source;

create or replace temp table held as select distinct uid from again;

create or replace temp table had as       -- the newest export of each event, of exports that tell their age
select uid, max(exported_at) as exported_at
from (
    select w.uid, e.exported_at from was as w join exports as e using (export_id)
    union all select h.uid, e.exported_at from held as h join exports as e on e.export_id = $export
    union all select uid, exported_at from gone where source_id = $source
)
where exported_at is not null
group by uid;

-- What a newer export knows better: events it holds, and those it lacks on its days.
delete from again where uid in (
    select h.uid from had as h join exports as e on e.export_id = $export and h.exported_at > e.exported_at
);

delete from again using (
    select a.uid, min(n.from_at) as from_at
    from again as a join newer as n on a.starts_at >= n.from_at and a.starts_at < n.to_at
    group by a.uid
) as lacked
where again.uid = lacked.uid and again.starts_at >= lacked.from_at;

-- What this export knows better.
delete from dated
where source_id = $source and uid in (select uid from held) and export_id not in (select export_id from newer);

delete from dated using (
    select d.uid, min(e.from_at) as from_at
    from dated as d join exports as e on e.export_id = $export and d.starts_at >= e.from_at and d.starts_at < e.to_at
    where d.source_id = $source and d.export_id not in (select export_id from newer)
    group by d.uid
) as lacked
where dated.source_id = $source and dated.uid = lacked.uid and dated.starts_at >= lacked.from_at
    and dated.export_id not in (select export_id from newer);

insert into dated from again;

delete from gone where source_id = $source;

insert into gone
select $source, uid, exported_at from had
where uid not in (select uid from dated where source_id = $source);
