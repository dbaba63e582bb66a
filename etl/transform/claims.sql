-- What is counted, first in rank first: of the occurrences over a moment the first owns it (DESIGN: "Every minute is counted once").
select d.occurrence_id, d.filing_id, epoch_us(d.starts_at) as starts_at, epoch_us(d.ends_at) as ends_at
from dated as d
join filings as f using (filing_id)
join sources as s using (source_id)
left join settled as t using (occurrence_id)
where d.left_out = 0 and not coalesce(t.is_copy, false)
order by
    epoch_us(d.ends_at) - epoch_us(d.starts_at),                                        -- the shortest
    epoch_us(d.starts_at) desc,                                                        -- then the later start
    case f.role when 'unclassified' then 2 when 'personal' then 1 else 0 end,           -- then work, personal, not known
    f.calendar, s.file_name, d.uid_order, d.occurrence_id;
