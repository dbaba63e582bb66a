-- The swept pieces with all that the marts ask of them. `pieces` comes from slices.py: `slice` is the start of the slice that
-- a piece was cut from at local midnight, `filing_id` is that of the occurrence, `pull` is a number of `pulls`.
create or replace temp view owned as
select
    p.slice, p.slice_ends, p.begins, p.ends, p.day, p.midnight, p.next_midnight,
    coalesce(i.role, f.role) as role,
    coalesce(i.activity, f.activity) as activity,
    coalesce(i.about_location, f.own_location, s.location, 'Practice-wide') as location,
    case when i.interruption_id is null then p.occurrence_id end as occurrence_id,
    i.interruption_id,
    case when i.interruption_id is not null then f.role end as displaced_role,
    case when i.interruption_id is not null and f.role is not null then coalesce(f.own_location, s.location, 'Practice-wide') end as displaced_location,
    case when i.interruption_id is not null and f.role is not null then p.occurrence_id end as displaced_occurrence_id
from pieces as p
left join filings as f using (filing_id)
left join settled as s on s.occurrence_id = p.occurrence_id
left join pulls as l using (pull)
left join interruptions as i using (interruption_id);

delete from time_slices;

insert into time_slices
select
    make_timestamptz(slice), make_timestamptz(slice_ends), role, activity, location, occurrence_id, interruption_id,
    displaced_role, displaced_location, displaced_occurrence_id
from owned
where begins = slice;

-- Where each interruption found the owner: the slice it began in. Two that came in the same minute are two, though only
-- one of them owns it.
delete from interruption_starts;

insert into interruption_starts
select
    interruption_id, local::date, hour(local) * 60 + minute(local), starts_at, ends_at, about_location, team_could, topic,
    role, activity, answered_at, estimated, source_id, displaced_role, displaced_location
from (
    select i.*, t.displaced_role, t.displaced_location, timezone(p.time_zone, i.starts_at) as local
    from interruptions as i
    asof join time_slices as t on i.starts_at >= t.starts_at
    cross join practice as p
);

-- The same, cut at local midnight: what every picture adds up.
delete from day_slices;

insert into day_slices
select
    day, week_of(day, week_starts), make_timestamptz(begins), make_timestamptz(ends),
    case
        when begins = midnight then 0
        when next_midnight - midnight = 86400000000 then (begins - midnight) // 1000000 / 60.0
        else date_diff('second', day::timestamp, timezone(time_zone, make_timestamptz(begins))) / 60.0    -- the clocks change that day
    end,
    case
        when ends = next_midnight then 1440
        when next_midnight - midnight = 86400000000 then (ends - midnight) // 1000000 / 60.0
        else date_diff('second', day::timestamp, timezone(time_zone, make_timestamptz(ends))) / 60.0
    end,
    (ends - begins) // 1000000, role, activity, location, occurrence_id, interruption_id,
    displaced_role, displaced_location, displaced_occurrence_id
from (select * replace (date '1970-01-01' + day::integer as day) from owned) cross join practice;

drop view owned;
