-- Who owns each moment (DESIGN: "Every minute is counted once").
-- Every start and end of a claim is a boundary; between two boundaries nothing changes, so each segment has one
-- owner: of the occurrences over it the first in rank, and above them the first interruption in rank.
create or replace temp table claims as
select
    occurrence_id, starts_at, ends_at, role, activity, location,
    row_number() over (
        order by
            epoch_us(ends_at) - epoch_us(starts_at),                                     -- the shortest
            starts_at desc,                                                              -- then the later start
            case role when 'unclassified' then 2 when 'personal' then 1 else 0 end,      -- then work, personal, not known
            calendar, file_name, uid_order, starts_at, occurrence_id
    ) as rank
from occurrences join sources using (source_id)
where counted;

create or replace temp table pulls as
select
    interruption_id, starts_at, ends_at, role, activity, about_location,
    row_number() over (
        order by
            starts_at desc,                                                              -- the later start
            epoch_us(ends_at) - epoch_us(starts_at),                                     -- then the shorter
            about_location, role, coalesce(topic, ''), coalesce(asked_by, ''), interruption_id
    ) as rank
from interruptions;

create or replace temp table segments as
with boundaries as (
    select starts_at as moment from claims union select ends_at from claims
    union select starts_at from pulls union select ends_at from pulls
)
select moment as starts_at, lead(moment) over (order by moment) as ends_at from boundaries qualify ends_at is not null;

delete from time_slices;

insert into time_slices
with calendar_owner as (
    select s.starts_at, min(c.rank) as rank
    from segments as s join claims as c on c.starts_at <= s.starts_at and c.ends_at > s.starts_at
    group by s.starts_at
),
pull_owner as (
    select s.starts_at, min(p.rank) as rank
    from segments as s join pulls as p on p.starts_at <= s.starts_at and p.ends_at > s.starts_at
    group by s.starts_at
),
owned as (
    select s.starts_at, s.ends_at, c.rank as calendar_rank, p.rank as pull_rank
    from segments as s
    left join calendar_owner as c using (starts_at)
    left join pull_owner as p using (starts_at)
    where c.rank is not null or p.rank is not null
),
stretches as (  -- neighbours with the same owner are one stretch
    select *, sum(is_new) over (order by starts_at) as stretch
    from (
        select
            *,
            (
                lag(ends_at) over w is distinct from starts_at
                or lag(calendar_rank) over w is distinct from calendar_rank
                or lag(pull_rank) over w is distinct from pull_rank
            )::integer as is_new
        from owned
        window w as (order by starts_at)
    )
),
merged as (
    select min(starts_at) as starts_at, max(ends_at) as ends_at, any_value(calendar_rank) as calendar_rank, any_value(pull_rank) as pull_rank
    from stretches group by stretch
),
final as (
    select
        m.starts_at, m.ends_at,
        coalesce(p.role, c.role) as role,
        coalesce(p.activity, c.activity) as activity,
        coalesce(p.about_location, c.location) as location,
        case when p.rank is null then c.occurrence_id end as occurrence_id,
        p.interruption_id,
        case when p.rank is not null then c.role end as displaced_role,
        case when p.rank is not null then c.location end as displaced_location,
        case when p.rank is not null then c.occurrence_id end as displaced_occurrence_id
    from merged as m
    left join claims as c on c.rank = m.calendar_rank
    left join pulls as p on p.rank = m.pull_rank
)
select * from final order by starts_at;

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
with days as (
    select s.*, p.time_zone, p.week_starts,
        unnest(generate_series(
            timezone(p.time_zone, s.starts_at)::date,
            timezone(p.time_zone, s.ends_at - interval 1 microsecond)::date,
            interval 1 day
        ))::date as day
    from time_slices as s, practice as p
),
cut as (
    select *,
        greatest(starts_at, instant_at(time_zone, day::timestamp)) as cut_from,
        least(ends_at, instant_at(time_zone, (day + 1)::timestamp)) as cut_to
    from days
)
select
    day, week_of(day, week_starts), (epoch_us(cut_to) - epoch_us(cut_from)) // 1000000,
    role, activity, location, occurrence_id, interruption_id, displaced_role, displaced_location, displaced_occurrence_id
from cut
where cut_to > cut_from
order by day, cut_from;

drop table claims;
drop table pulls;
drop table segments;
