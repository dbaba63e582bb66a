-- What is counted, first in rank first: of the occurrences over a moment the first owns it (DESIGN: "Every minute is counted once").
with orders as (
    select source_id, filing_id, dense_rank() over (order by calendar, file_name) as source_order
    from (select distinct source_id, filing_id from dated) join filings using (filing_id) join sources using (source_id)
)
select d.occurrence_id, epoch_us(d.starts_at) as starts_at, epoch_us(d.ends_at) as ends_at
from dated as d
join filings as f using (filing_id)
join orders as o on o.source_id = d.source_id and o.filing_id = d.filing_id
left join settled as s using (occurrence_id)
where d.left_out = 0 and not coalesce(s.is_copy, false)
order by
    epoch_us(d.ends_at) - epoch_us(d.starts_at),                                        -- the shortest
    d.starts_at desc,                                                                  -- then the later start
    case f.role when 'unclassified' then 2 when 'personal' then 1 else 0 end,           -- then work, personal, not known
    o.source_order, d.uid_order, d.occurrence_id;
