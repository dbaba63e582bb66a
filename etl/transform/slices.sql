-- The swept stretches with all that the marts ask of them. `swept` and `pieces` come from slices.py.
delete from time_slices;

insert into time_slices
select
    make_timestamptz(s.starts_at), make_timestamptz(s.ends_at),
    coalesce(i.role, o.role),
    coalesce(i.activity, o.activity),
    coalesce(i.about_location, o.location),
    case when i.interruption_id is null then o.occurrence_id end,
    i.interruption_id,
    case when i.interruption_id is not null then o.role end,
    case when i.interruption_id is not null then o.location end,
    case when i.interruption_id is not null then o.occurrence_id end
from swept as s
left join occurrences as o on s.claimed and o.occurrence_id = s.occurrence_id
left join interruptions as i on s.pulled and i.interruption_id = s.interruption_id
order by s.starts_at;

-- Where each interruption found the owner: the slice it began in. Two that came in the same minute are two, though only
-- one of them owns it.
delete from interruption_starts;

insert into interruption_starts
select
    i.interruption_id, timezone(p.time_zone, i.starts_at)::date, i.about_location, i.team_could, i.topic,
    t.displaced_role, t.displaced_location
from interruptions as i
asof join time_slices as t on i.starts_at >= t.starts_at
cross join practice as p;

-- The same, cut at local midnight: what every picture adds up.
delete from day_slices;

insert into day_slices
select
    c.day, week_of(c.day, p.week_starts), c.seconds,
    t.role, t.activity, t.location, t.occurrence_id, t.interruption_id,
    t.displaced_role, t.displaced_location, t.displaced_occurrence_id
from (select make_timestamptz(starts_at) as starts_at, begins, date '1970-01-01' + day::integer as day, seconds from pieces) as c
join time_slices as t using (starts_at)
cross join practice as p
order by c.begins;
