-- From which other events did one event take minutes? Parameter: occurrence_id, of one that counts. The most first. Of three events at the same time
-- it may take the same minutes from both others, so these do not add up.
with me as (  -- not from the view: of one that no row of `settled` is about, DuckDB 2.0 makes a wrong guess and wrong sums
    select d.occurrence_id, d.starts_at, d.ends_at, f.role from dated as d join filings as f using (filing_id)
    where d.occurrence_id = $occurrence_id
),
mine as (
    select t.starts_at, t.ends_at
    from time_slices as t join me as m on coalesce(t.occurrence_id, t.displaced_occurrence_id) = m.occurrence_id
),
others as (
    select o.*
    from occurrences as o cross join me as m
    where o.counted and o.occurrence_id <> m.occurrence_id and o.starts_at < m.ends_at and o.ends_at > m.starts_at
)
select
    round(sum(epoch_us(least(t.ends_at, o.ends_at)) - epoch_us(greatest(t.starts_at, o.starts_at))) / 1e6)::bigint as seconds,
    o.occurrence_id::varchar as occurrence_id,  -- as text: 63 bits
    o.title,                                    -- null where dropped or absent
    o.role,
    o.location
from others as o join mine as t on t.starts_at < o.ends_at and t.ends_at > o.starts_at
group by o.occurrence_id, o.title, o.role, o.location
order by seconds desc, o.occurrence_id;
