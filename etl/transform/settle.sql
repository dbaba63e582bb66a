-- What one occurrence alone cannot know: whether another calendar has it too, and where the owner was that day.

-- The same UID and the same original start on two calendars is one occurrence: the first source's counts.
create or replace temp table copies as
select occurrence_id
from occurrences join sources using (source_id)
where left_out_because is null
qualify row_number() over (partition by uid, original order by calendar, file_name, uid_order, starts_at, occurrence_id) > 1;

update occurrences
set counted = left_out_because is null and not is_copy,
    not_counted_because = case when left_out_because is not null then left_out_because when is_copy then 'on another calendar' end
from (select occurrence_id, occurrence_id in (select occurrence_id from copies) as is_copy from occurrences) as k
where k.occurrence_id = occurrences.occurrence_id
    and (counted is distinct from (left_out_because is null and not is_copy)
        or not_counted_because is distinct from
            case when left_out_because is not null then left_out_because when is_copy then 'on another calendar' end);

-- An all-day event that names a location says where the owner was that day; the shortest is the most precise, and
-- two equally short ones that disagree say nothing.
create or replace temp table markers as
with named as (
    select
        o.own_location as location,
        epoch_us(o.ends_at) - epoch_us(o.starts_at) as length,
        unnest(generate_series(
            timezone(p.time_zone, o.starts_at)::date,
            timezone(p.time_zone, greatest(o.ends_at - interval 1 microsecond, o.starts_at))::date,  -- some write no end: that day
            interval 1 day
        ))::date as day
    from occurrences as o, practice as p
    where o.all_day and o.own_location is not null and o.own_location <> 'Practice-wide'
        and o.status not in ('cancelled', 'declined') and o.ends_at - o.starts_at <= interval 366 days
),
shortest as (select day, location from named qualify length = min(length) over (partition by day))
select day, min(location) as location from shortest group by day having count(distinct location) = 1;

update occurrences
set location = k.location
from (
    select o.occurrence_id, coalesce(o.own_location, m.location, 'Practice-wide') as location
    from occurrences as o
    cross join practice as p
    left join markers as m on m.day = timezone(p.time_zone, o.starts_at)::date and not o.all_day
) as k
where k.occurrence_id = occurrences.occurrence_id and occurrences.location is distinct from k.location;

drop table copies;
drop table markers;
