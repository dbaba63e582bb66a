-- Which leadership time is put aside in coming weeks, and which of it came back with an export? One row a block, each once.
-- One that came back is as the calendar has it now: by its UID, or as leadership of the activity 'planned' by its title.
with back as (
    select
        o.starts_at,
        o.ends_at,
        -- without its UID, which some programs change, it is the one at the same time
        coalesce(any_value(b.block_id), any_value(same.block_id)) as block_id
    from occurrences as o
    left join planned_blocks as b on lower(lpad(hex(b.uid), 16, '0')) = o.uid
    left join planned_blocks as same on same.starts_at = o.starts_at and same.ends_at = o.ends_at
    where o.counted and o.role = 'leadership' and o.activity = 'planned'
    group by o.occurrence_id, o.starts_at, o.ends_at
),
blocks as (
    select block_id, starts_at, ends_at, true as came_back from back
    union all
    select block_id, starts_at, ends_at, false
    from planned_blocks
    where block_id not in (select block_id from back where block_id is not null)
        and lower(lpad(hex(uid), 16, '0')) not in (select uid from occurrences)  -- called off, or filed otherwise by its owner
),
final as (
    select
        b.*,
        timezone(c.time_zone, b.starts_at) as starts,
        timezone(c.time_zone, b.ends_at) as ends,
        week_of(timezone(c.time_zone, b.starts_at)::date, c.week_starts) as week,
        (epoch_us(b.ends_at) - epoch_us(b.starts_at)) / 3600e6 as hours
    from blocks as b, coverage as c
    where b.ends_at > now()
)
select
    block_id,                                                            -- null: only its title says what it is
    week,                                                                -- first day of the practice's week
    starts,                                                              -- on the local clock
    ends,
    epoch_us(starts_at) // 1000000 as starts_at,                         -- seconds since 1970
    epoch_us(ends_at) // 1000000 as ends_at,
    hours::double as hours,
    came_back,                                                           -- it is in an export: it counts
    (sum(hours) over (partition by week))::double as week_hours          -- of all blocks of its week
from final
order by starts_at, ends_at;
