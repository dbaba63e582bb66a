-- Counted hours of each stored text, up to today: what a rule is worth.
select
    f.filing_id,
    (coalesce(sum(b.seconds), 0) / 3600.0)::double as hours
from filings as f
left join dated as d using (filing_id)
left join (
    select occurrence_id, sum(seconds) as seconds from day_slices where day <= today_here() group by occurrence_id
) as b using (occurrence_id)
group by f.filing_id
order by f.filing_id;
