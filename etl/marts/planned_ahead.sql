-- Which leadership time is put aside in coming weeks, and which of it came back with an export? One row a block, each once.
-- One that came back is as the calendar has it now: by its UID, or as leadership of the activity 'planned' by its title.
with
-- part blocks_now
final as (
    select
        b.*,
        timezone(c.time_zone, b.starts_at) as starts,
        timezone(c.time_zone, b.ends_at) as ends,
        week_of(timezone(c.time_zone, b.starts_at)::date, c.week_starts) as week,
        (epoch_us(b.ends_at) - epoch_us(b.starts_at)) / 3600e6 as hours
    from blocks_now as b, coverage as c
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
