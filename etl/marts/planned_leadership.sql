-- Of the hours put aside for leadership, what was kept, and what ate the rest? Parameters: from_day, to_day. Up to now.
-- Put aside: the time that any counted event filed as leadership covers, each moment once. Kept is what counts as leadership in the end,
-- an interruption about leading too.
with bounds as (
    select
        instant_at(time_zone, $from_day::timestamp) as from_at,
        least(instant_at(time_zone, ($to_day::date + 1)::timestamp), now()) as to_at
    from practice
),
claims as (
    select greatest(d.starts_at, b.from_at) as starts_at, least(d.ends_at, b.to_at) as ends_at
    from dated as d
    join filings as f using (filing_id)
    left join settled as s on s.occurrence_id = d.occurrence_id
    cross join bounds as b
    where f.role = 'leadership' and d.left_out = 0 and not coalesce(s.is_copy, false) and d.ends_at > b.from_at and d.starts_at < b.to_at
),
reached as (
    select *, max(ends_at) over (order by starts_at, ends_at rows between unbounded preceding and 1 preceding) as reach from claims
),
islands as (
    select *, sum(coalesce(starts_at > reach, true)::integer) over (order by starts_at, ends_at) as island from reached
),
aside as (
    select epoch_us(min(starts_at)) as begins, epoch_us(max(ends_at)) as ends, unnest(range(begins // 86400000000, (ends - 1) // 86400000000 + 1)) as utc_day
    from islands
    group by island
),
slices as (  -- by day, like what was put aside: what only compares times is asked of every pair
    select
        role, location, interruption_id, epoch_us(starts_at) as begins, epoch_us(ends_at) as ends,
        unnest(range(begins // 86400000000, (ends - 1) // 86400000000 + 1)) as utc_day
    from time_slices
),
taken as (
    select t.role, t.location, t.interruption_id, least(a.ends, t.ends) - greatest(a.begins, t.begins) as length
    from aside as a join slices as t using (utc_day)
    where t.begins < a.ends and t.ends > a.begins and greatest(a.begins, t.begins) // 86400000000 = utc_day  -- once, on its first day
),
final as (
    select
        case when t.role = 'leadership' then 'kept' when t.interruption_id is not null then 'interruption' else 'event' end as became,
        case when t.role = 'leadership' then '' when t.interruption_id is not null then t.location else t.role end as what,
        case when t.role <> 'leadership' then coalesce(trim(i.topic), '') else '' end as topic,
        sum(length) as length
    from taken as t left join interruptions as i on i.interruption_id = t.interruption_id
    group by all
)
select
    became,                                                     -- 'kept', 'interruption' (about something else) or 'event'
    what,                                                       -- of an interruption the location it was about, of an event its role; '' where kept
    topic,                                                      -- of an interruption, '' where it says none: the owner's words
    (length / 3600e6)::double as hours,
    (length / sum(length) over ())::double as share,            -- of what was put aside
    (sum(length) over (partition by became, what) / 3600e6)::double as what_hours,  -- all topics together
    (sum(length) over () / 3600e6)::double as planned_hours,    -- put aside, the same on every row
    (coalesce(sum(length) filter (where became = 'kept') over (), 0) / 3600e6)::double as kept_hours,
    (coalesce(sum(length) filter (where became = 'kept') over (), 0) / sum(length) over ())::double as kept_share
from final
order by became <> 'kept', length desc, what, topic;
