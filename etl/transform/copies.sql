-- The same UID and the same original start on two calendars is one occurrence: the first source's counts.
insert into settled
with several as (select uid from dated where left_out = 0 group by uid having count(*) > 1)
select d.occurrence_id, true, null
from dated as d
join several using (uid)
join filings as f using (filing_id)
join sources as s using (source_id)
cross join practice as p
where d.left_out = 0
qualify row_number() over (
    partition by d.uid, original_at(p.time_zone, d.original, d.original_clock)
    order by f.calendar, s.file_name, d.uid_order, d.starts_at, d.occurrence_id
) > 1;
