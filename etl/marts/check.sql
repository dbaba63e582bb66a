-- The invariants of the counting, each with how often what is stored breaks it. All must be 0.
with
-- part blocks_now
claims as (
    select starts_at, ends_at from occurrences where counted
    union all
    select starts_at, ends_at from interruptions
),
islands as (  -- the union of all claims, found by merging neighbours: another way than the slices were made
    select starts_at, ends_at,
        sum((starts_at > coalesce(reach, starts_at - interval 1 second))::integer) over (order by starts_at, ends_at) as island
    from (
        select *, max(ends_at) over (order by starts_at, ends_at rows between unbounded preceding and 1 preceding) as reach from claims
    )
),
union_seconds as (
    select coalesce(sum(length), 0) as seconds
    from (select (epoch_us(max(ends_at)) - epoch_us(min(starts_at))) // 1000000 as length from islands group by island)
),
slice_seconds as (select coalesce(sum((epoch_us(ends_at) - epoch_us(starts_at)) // 1000000), 0) as seconds from time_slices),
day_seconds as (select coalesce(sum(seconds), 0) as seconds from day_slices)
select 1 as check_order, 'slices never overlap' as invariant,
    (select count(*) from (select starts_at < lag(ends_at) over (order by starts_at, ends_at) as too_early from time_slices) where too_early)::integer as broken
union all
select 2, 'every slice has a length', (select count(*) from time_slices where ends_at <= starts_at)::integer
union all
select 3, 'the slices add up to the union of the counted time', ((select seconds from slice_seconds) <> (select seconds from union_seconds))::integer
union all
select 4, 'the days add up to the slices', ((select seconds from day_seconds) <> (select seconds from slice_seconds))::integer
union all
select 5, 'every slice lies within what owns it', (
    select count(*) from time_slices as t
    left join occurrences as o on o.occurrence_id = coalesce(t.occurrence_id, t.displaced_occurrence_id)
    left join interruptions as i on i.interruption_id = t.interruption_id
    where (t.occurrence_id is null) = (t.interruption_id is null)
        or (o.occurrence_id is not null and (t.starts_at < o.starts_at or t.ends_at > o.ends_at or not o.counted))
        or (i.interruption_id is not null and (t.starts_at < i.starts_at or t.ends_at > i.ends_at))
        or (t.occurrence_id is not null and o.occurrence_id is null) or (t.interruption_id is not null and i.interruption_id is null)
)::integer
union all
select 6, 'what is not counted says why, and only that', (select count(*) from occurrences where counted = (not_counted_because is not null))::integer
union all
select 7, 'no all-day event is hours', (select count(*) from occurrences where all_day and counted)::integer
union all
select 8, 'no event counts on two calendars', (
    select count(*) from (select uid, original from occurrences where counted group by all having count(*) > 1)
)::integer
union all
select 9, 'roles and locations are known', (
    select count(*) from time_slices
    where role not in (select role from roles) or location not in (select location from locations)
)::integer
union all
select 10, 'every row belongs to a source', (
    select (select count(*) from occurrences where source_id not in (select source_id from sources))
        + (select count(*) from log_rows where source_id not in (select source_id from sources))
)::integer
union all
select 11, 'the titles of clinical events are not kept', (
    select count(*) from occurrences where role = 'clinical' and title is not null
        and not (select keep_clinical_titles from practice)
)::integer
union all
select 12, 'every hand-over is of one thing', (
    select count(*) from hand_overs where (topic is not null)::integer + (uid is not null)::integer + (group_key is not null)::integer <> 1
)::integer
union all
select 13, 'every location of a hand-over belongs to one', (
    select count(*) from hand_over_locations where hand_over_id not in (select hand_over_id from hand_overs)
)::integer
union all
select 14, 'every planned block has a length and overlaps no other', (
    select (select count(*) from planned_blocks where ends_at <= starts_at) + (
        select count(*)    -- one that an export has by now was moved there by its owner
        from (select starts_at < lag(ends_at) over (order by starts_at, ends_at) as wrong from blocks_now where not came_back)
        where wrong
    )
)::integer
union all
select 15, 'what is held back as written down twice has a twin that counts', (
    select count(*) from log_held where twin_id not in (select interruption_id from interruptions)
)::integer
order by check_order;
