-- Renew one calendar, its plan (`again`, as dated) and the interruptions in it (`pulled`, as log_rows). Parameters: source, export.
-- `held` are the UIDs of the export.
create or replace temp view of_calendars as
select source_id, occurrence_id, uid, export_id, starts_at, ends_at, clock, status, left_out, filing_id, null as topic, null as about_location
from dated
union all
select source_id, occurrence_id, uid, export_id, starts_at, ends_at, 0, 0, 0, null, topic, about_location
from log_rows where uid is not null;

-- What an older version of the program stored without its UID is known by its id, or goes with its day.
update log_rows set uid = p.uid, occurrence_id = p.occurrence_id, export_id = p.export_id
from pulled as p
where log_rows.source_id = $source and log_rows.uid is null and log_rows.interruption_id = p.interruption_id;

delete from log_rows using exports as e
where log_rows.source_id = $source and log_rows.uid is null
    and e.export_id = $export and log_rows.starts_at >= e.from_at and log_rows.starts_at < e.to_at;

create or replace temp table was as from of_calendars where source_id = $source;

create or replace temp table newer as     -- the exports that have the last word over this one
select n.export_id, n.exported_at, n.from_at, n.to_at
from exports as n join exports as e on e.export_id = $export and n.exported_at > e.exported_at
where n.source_id = $source;

create or replace temp table had as       -- the newest export of each event, of exports that tell their age
select uid, max(exported_at) as exported_at
from (
    select w.uid, e.exported_at from was as w join exports as e using (export_id)
    union all select h.uid, e.exported_at from held as h join exports as e on e.export_id = $export
    union all select uid, exported_at from gone where source_id = $source
)
where exported_at is not null
group by uid;

-- What a newer export knows better, and from when on: events it holds, and those it lacks on its days.
create or replace temp table better as
select h.uid, '-infinity'::timestamptz as from_at
from had as h join exports as e on e.export_id = $export and h.exported_at > e.exported_at
union all
select a.uid, min(n.from_at)
from (select uid, starts_at from again union all select uid, starts_at from pulled) as a
join newer as n on a.starts_at >= n.from_at and a.starts_at < n.to_at
group by a.uid;

delete from again using better as b where again.uid = b.uid and again.starts_at >= b.from_at;

delete from pulled using better as b where pulled.uid = b.uid and pulled.starts_at >= b.from_at;

-- What this export knows better.
create or replace temp table over as
select uid, '-infinity'::timestamptz as from_at from held
union all
select w.uid, min(e.from_at)
from was as w join exports as e on e.export_id = $export and w.starts_at >= e.from_at and w.starts_at < e.to_at
where w.uid not in (select uid from held) and w.export_id not in (select export_id from newer)
group by w.uid;

delete from dated using over as o
where source_id = $source and dated.uid = o.uid and dated.starts_at >= o.from_at and export_id not in (select export_id from newer);

delete from log_rows using over as o
where source_id = $source and log_rows.uid = o.uid and log_rows.starts_at >= o.from_at and export_id not in (select export_id from newer);

insert into dated from again;

insert into log_rows by name from pulled;

delete from gone where source_id = $source;

insert into gone
select $source, uid, exported_at from had
where uid not in (
    select uid from dated where source_id = $source
    union all select uid from log_rows where source_id = $source and uid is not null
);
