-- The groups of titles that wait for a role, the most hours first. Up to today. Parameters: titles, group_keys, calendars,
-- numbers (lists of one length): which title of which calendar is in which of them.
with grouped as (
    select
        unnest($titles::varchar[]) as title, unnest($group_keys::varchar[]) as group_key,
        unnest($calendars::varchar[]) as calendar, unnest($numbers::integer[]) as number
),
waiting as (
    select
        g.number,
        o.occurrence_id, o.calendar, o.place_text, o.location,
        sum(d.seconds) as seconds,
        isodow(min(d.day)) as weekday,
        date_part('hour', timezone(p.time_zone, o.starts_at)) as hour,
        min(d.day) as day
    from day_slices as d
    join occurrences as o using (occurrence_id)
    join grouped as g on g.title = coalesce(o.title, '') and g.group_key = o.group_key and g.calendar = o.calendar
    cross join practice as p
    where d.role = 'unclassified' and d.day <= today_here()
    group by all
)
select
    number,
    (sum(seconds) / 3600.0)::double as hours,                            -- counted
    count(distinct occurrence_id)::integer as times,
    (count(distinct occurrence_id) / weeks_in((select covered_from from coverage), (select covered_to from coverage)))::double as times_a_week,
    case when max(same_day) * 2 > count(distinct occurrence_id) then mode(weekday) end::integer as weekday,  -- 1 is Monday; null: no usual one
    case when max(same_half) * 3 > count(distinct occurrence_id) * 2 then mode(hour < 12) end as morning,    -- null: no usual half of the day
    median(seconds / 3600.0)::double as usual_hours,                     -- of one of them
    string_agg(distinct calendar, ', ' order by calendar) as calendars,
    coalesce(string_agg(distinct place_text, ', ' order by place_text), '') as places,
    mode(location) as location                                           -- where most of them are counted
from (
    select *,
        count(*) over (partition by number, weekday) as same_day,
        count(*) over (partition by number, hour < 12) as same_half
    from waiting
)
group by number
order by hours desc, number;
