-- Part of a question: where each leadership block is by now. `blocks_now` has a row a block that still stands: `came_back` where an
-- export has it, then as the calendar has it. One that was called off there, or deleted, or is filed otherwise by its owner, has none.
-- By its UID, else, as some programs change it, by its title: the one at the same time, else the one of the same length in the same week.
put_aside as (
    select
        b.block_id, b.starts_at, b.ends_at, b.uid,
        b.uid in (select uid from gone) as is_gone,
        week_of(timezone(c.time_zone, b.starts_at)::date, c.week_starts) as week,
        epoch_us(b.ends_at) - epoch_us(b.starts_at) as length
    from planned_blocks as b, practice as c
),
back as (
    select
        any_value(d.starts_at) as starts_at, any_value(d.ends_at) as ends_at, any_value(b.block_id) as block_id,
        any_value(week_of(timezone(p.time_zone, d.starts_at)::date, p.week_starts)) as week,
        any_value(epoch_us(d.ends_at) - epoch_us(d.starts_at)) as length
    from dated as d join filings as f using (filing_id) cross join practice as p left join put_aside as b on b.uid = d.uid
    where f.role = 'leadership' and f.activity = 'planned' and d.left_out = 0
        and d.occurrence_id not in (select occurrence_id from settled where is_copy)
    group by d.occurrence_id
),
waiting as (
    select * from put_aside
    where not is_gone and uid not in (select uid from dated)
),
pairs as (    -- each block that waits with at most one of those that nobody knows by their UID, and the other way round
    select w.block_id, b.starts_at, b.ends_at
    from (
        select *, row_number() over (partition by week, length order by starts_at, ends_at, block_id) as nth
        from waiting
        where not exists (from back as b where b.block_id is null and b.starts_at = waiting.starts_at and b.ends_at = waiting.ends_at)
    ) as w
    join (
        select *, row_number() over (partition by week, length order by starts_at, ends_at) as nth
        from back
        where block_id is null
            and not exists (from waiting as w where w.starts_at = back.starts_at and w.ends_at = back.ends_at)
    ) as b using (week, length, nth)
    union all
    select w.block_id, w.starts_at, w.ends_at
    from waiting as w join back as b on b.block_id is null and b.starts_at = w.starts_at and b.ends_at = w.ends_at
),
blocks_now as (
    select coalesce(b.block_id, p.block_id) as block_id, b.starts_at, b.ends_at, true as came_back
    from back as b left join (select any_value(block_id) as block_id, starts_at, ends_at from pairs group by starts_at, ends_at) as p
        on b.block_id is null and p.starts_at = b.starts_at and p.ends_at = b.ends_at
    union all
    select block_id, starts_at, ends_at, false from waiting where block_id not in (select block_id from pairs)
),
