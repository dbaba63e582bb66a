-- What one occurrence alone cannot know: whether another calendar has it too, and where the owner was that day.
-- Only those of which there is something to say get a row.
delete from settled;

insert into settled
with several as (select uid from dated where left_out = 0 group by uid having count(*) > 1),

-- The same UID and the same original start on two calendars is one occurrence: the first source's counts.
copies as (
    select d.occurrence_id
    from dated as d
    join several using (uid)
    join filings as f using (filing_id)
    join sources as s using (source_id)
    cross join practice as p
    where d.left_out = 0
    qualify row_number() over (
        partition by d.uid, original_at(p.time_zone, d.original, d.original_clock)
        order by f.calendar, s.file_name, d.uid_order, d.starts_at, d.occurrence_id
    ) > 1
),

-- An all-day event that names a location says where the owner was that day; the shortest is the most precise, and
-- two equally short ones that disagree say nothing.
named as (
    select
        f.own_location as location,
        epoch_us(d.ends_at) - epoch_us(d.starts_at) as length,
        unnest(generate_series(
            timezone(p.time_zone, d.starts_at)::date,
            timezone(p.time_zone, greatest(d.ends_at - interval 1 microsecond, d.starts_at))::date,  -- some write no end: that day
            interval 1 day
        ))::date as day
    from dated as d join filings as f using (filing_id) cross join practice as p
    where f.all_day and f.own_location is not null and f.own_location <> 'Practice-wide'
        and d.status not in (1, 2)  -- cancelled, declined
        and d.ends_at - d.starts_at <= interval 366 days
),
shortest as (select day, location from named qualify length = min(length) over (partition by day)),
markers as (select day, min(location) as location from shortest group by day having count(distinct location) = 1),
placed as (
    select d.occurrence_id, m.location
    from dated as d
    join filings as f using (filing_id)
    cross join practice as p
    join markers as m on m.day = timezone(p.time_zone, d.starts_at)::date
    where not f.all_day and f.own_location is null
)
select occurrence_id, c.occurrence_id is not null, p.location
from copies as c full join placed as p using (occurrence_id);
