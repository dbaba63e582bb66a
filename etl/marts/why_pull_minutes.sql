-- From what did one interruption take its minutes? Parameter: interruption_id. Rows that add up to its length, the most first.
with me as (select * from interruptions where interruption_id = $interruption_id),
pieces as (
    select
        t.interruption_id = m.interruption_id as mine,
        case when t.interruption_id = m.interruption_id then t.displaced_occurrence_id end as taken_from,
        case when t.interruption_id <> m.interruption_id then t.interruption_id end as other,
        epoch_us(least(t.ends_at, m.ends_at)) - epoch_us(greatest(t.starts_at, m.starts_at)) as length
    from time_slices as t cross join me as m
    where t.interruption_id is not null and t.starts_at < m.ends_at and t.ends_at > m.starts_at
),
sums as (select mine, taken_from, other, round(sum(length) / 1e6)::bigint as seconds from pieces group by all)
select
    case when not s.mine then 'interruption' when s.taken_from is null then 'nothing' else 'event' end as what,
    s.seconds,
    s.taken_from::varchar as occurrence_id,                    -- of the event it was taken from; as text: 63 bits
    s.other as interruption_id,                                -- of the interruption that has these minutes in its place
    case when s.mine then o.title else i.topic end as title,
    coalesce(i.role, o.role) as role,                          -- of that event or interruption; null: nothing in the calendar
    coalesce(i.about_location, o.location) as location
from sums as s
left join occurrences as o on o.occurrence_id = s.taken_from
left join interruptions as i on i.interruption_id = s.other
order by s.mine desc, s.seconds desc, s.taken_from, s.other;
