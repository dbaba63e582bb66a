-- To whom do the minutes of one event belong? Parameter: occurrence_id, of one that counts. Rows that add up to its length,
-- the most first. What an interruption took of another event's minutes stays with that event.
with me as (  -- not from the view: of one that no row of `settled` is about, DuckDB 2.0 makes a wrong guess and wrong sums
    select d.occurrence_id, d.starts_at, d.ends_at, f.role from dated as d join filings as f using (filing_id)
    where d.occurrence_id = $occurrence_id
),
pieces as (
    select
        coalesce(t.occurrence_id, t.displaced_occurrence_id) as owner,
        case when coalesce(t.occurrence_id, t.displaced_occurrence_id) = m.occurrence_id then t.interruption_id end as pull,
        epoch_us(least(t.ends_at, m.ends_at)) - epoch_us(greatest(t.starts_at, m.starts_at)) as length
    from time_slices as t cross join me as m
    where t.starts_at < m.ends_at and t.ends_at > m.starts_at
),
sums as (select owner, pull, round(sum(length) / 1e6)::bigint as seconds from pieces group by all)
select
    case when s.pull is not null then 'interruption' when s.owner = m.occurrence_id then 'own' else 'event' end as what,
    s.seconds,
    s.owner::varchar as occurrence_id,                                    -- of the event that has them; as text: 63 bits
    s.pull as interruption_id,
    case when s.pull is not null then i.topic else o.title end as title,  -- of that event; of an interruption its topic
    coalesce(i.role, o.role) as role,
    coalesce(i.about_location, o.location) as location,
    -- Why that event goes before this one, and whether it lies within it; both null for what is no other event:
    case
        when s.owner = m.occurrence_id then null
        when epoch_us(o.ends_at) - epoch_us(o.starts_at) < epoch_us(m.ends_at) - epoch_us(m.starts_at) then 'shorter'
        when o.starts_at > m.starts_at then 'later'
        when o.role <> m.role and m.role in ('personal', 'unclassified') then 'role'
        else 'order'
    end as goes_before,
    case when s.owner <> m.occurrence_id then o.starts_at >= m.starts_at and o.ends_at <= m.ends_at end as inside
from sums as s
cross join me as m
left join occurrences as o on o.occurrence_id = s.owner
left join interruptions as i on i.interruption_id = s.pull
order by (s.owner = m.occurrence_id and s.pull is null) desc, s.seconds desc, s.owner, s.pull;
