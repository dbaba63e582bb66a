-- Which places name no location of the practice yet, the most hours first?
with waiting as (
    select d.day, d.seconds, o.occurrence_id, o.place_text, o.calendar
    from day_slices as d
    join occurrences as o on o.occurrence_id = coalesce(d.occurrence_id, d.displaced_occurrence_id)
    where d.day <= today_here() and o.place_text is not null and o.own_location is null
),
by_weekday as (
    select place_text, dayname(day) as weekday, isodow(day) as weekday_order, sum(seconds) as seconds
    from waiting
    group by all
)
select
    place_text as place,                                      -- as the calendars write it
    (sum(seconds) / 3600.0)::double as hours,                 -- counted, up to today
    count(distinct occurrence_id)::integer as times,
    (
        select weekday from by_weekday as b where b.place_text = w.place_text order by seconds desc, weekday_order limit 1
    ) as weekday,                                             -- the one with most of the hours: 'Tuesday'
    string_agg(distinct calendar, ', ' order by calendar) as calendars
from waiting as w
group by place_text
order by hours desc, place;
