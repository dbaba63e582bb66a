-- Side by side: which locations, in the order that the owner chose, with what stands behind each of their numbers?
-- Parameters: from_day, to_day, locations (null: all), sort ('hours', 'management', 'interruptions' or 'name'; the most first, names
-- from A on). Practice-wide, which is no location, is always last.
with hours as (
    select
        location,
        sum(seconds) / 3600.0 as hours,
        sum(seconds) filter (where role = 'management') / 3600.0 as management,
        count(distinct occurrence_id) + count(distinct interruption_id) as entries,
        count(distinct day) as days
    from day_slices
    where role <> 'personal' and day between $from_day and least($to_day, today_here())
    group by location
),
begun as (
    select about_location as location, count(*) as pulls
    from interruption_starts where day between $from_day and least($to_day, today_here())
    group by location
),
final as (
    select
        l.location, l.location_order, l.location <> 'Practice-wide' as is_place,
        coalesce(h.hours, 0) as hours,
        h.management / nullif(h.hours, 0) as management_share,
        coalesce(h.entries, 0) as entries, coalesce(h.days, 0) as days, coalesce(b.pulls, 0) as pulls
    from locations as l
    left join hours as h on h.location = l.location
    left join begun as b on b.location = l.location
    where $locations::varchar[] is null or list_contains($locations::varchar[], l.location)
)
select
    location,
    is_place,                                                          -- false: Practice-wide
    hours::double as hours,                                            -- working hours in the period: all roles but personal
    (hours / weeks_in($from_day, $to_day))::double as hours_a_week,
    coalesce(management_share, 0)::double as management_share,         -- of these hours
    entries::integer as entries,                                       -- n of the shares: events and interruptions these hours are of
    days::integer as days,                                             -- on which there were such hours
    pulls::integer as pulls,                                           -- interruptions about it that began in the period
    (pulls / weeks_in($from_day, $to_day))::double as pulls_a_week
from final
order by
    is_place desc,
    case $sort when 'management' then management_share when 'interruptions' then pulls when 'name' then null else hours end desc nulls last,
    case when $sort = 'name' then lower(location) end,
    location_order;
