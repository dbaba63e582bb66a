-- What should the owner read in half a minute? At most three sentences, a row each, in their order; etl/half_minute.py puts them into words.
-- Parameters: from_day, to_day, before_from, before_to (DATE, inclusive; before_* may be null), locations (null: all). The rules:
-- 1  nothing: no work is counted. unfiled: half of the work or more has no role, and nothing is said of the rest. Else led; the target is
--    for a week at all locations, so it is not told for less than a week or for some locations; days off make it less.
-- 2  thin: less than 5 hours of work, and nothing more is said. location: 5 hours of management or more were for one location each, and of two
--    or more locations the first has 1.25 times its even part and 1.1 times the next. Else managed, with its change where that is an hour a week and a tenth.
-- 3  topics: interruptions are logged on 5 days or more, and the topics that the team could carry come to a quarter of an hour a week. Else
--    series: management events that come again, an hour a week or more. Else no_log, log_thin or not_marked: why not.
with
-- part handed
bare as (    -- the weeks of the period and of the time before, asked for once
    select
        *,
        days_off_in(from_on, to_on, off) as days_off,
        case when covered_from is not null then bare_weeks(from_on, to_on, off, days_a_week) end as now_bare,
        case when covered_from is not null then bare_weeks(greatest($before_from::date, covered_from), least($before_to::date, covered_to), off, days_a_week) end as before_bare
    from (select *, greatest($from_day::date, covered_from) as from_on, least($to_day::date, covered_to) as to_on from coverage)
),
span as materialized (
    select
        least($to_day::date, today) as last_day,
        greatest(date_diff('day', from_on, to_on) + 1, 1) as days,
        at_least_a_week(now_bare) as weeks,
        days_off,
        share_of_target(now_bare, days_off) as target_share,
        case when covered_from <= $before_from then at_least_a_week(before_bare) end as weeks_before
    from bare
),
topic_pieces as (
    select s.topic, s.team_could, d.location as about, d.day, 0 as pulls, d.seconds
    from day_slices as d join interruption_starts as s using (interruption_id)
    where d.role = 'management' and d.day between $from_day and (select last_day from span)
),
-- part open_topics
-- part management_events
hours as (
    select
        location, day >= $from_day as is_now,
        coalesce(sum(seconds) filter (where role <> 'personal'), 0) / 3600.0 as work,
        coalesce(sum(seconds) filter (where role = 'leadership'), 0) / 3600.0 as led_hours,
        coalesce(sum(seconds) filter (where role = 'management'), 0) / 3600.0 as managing,
        coalesce(sum(seconds) filter (where role = 'unclassified'), 0) / 3600.0 as unfiled
    from day_slices, span
    where (day between $from_day and last_day or day between $before_from and $before_to)
        and ($locations::varchar[] is null or list_contains($locations::varchar[], location))
    group by all
),
sums as (
    select
        coalesce(sum(work) filter (where is_now), 0) as work,
        coalesce(sum(led_hours) filter (where is_now), 0) as led_hours,
        coalesce(sum(managing) filter (where is_now), 0) as managing,
        coalesce(sum(unfiled) filter (where is_now), 0) as unfiled,
        coalesce(sum(managing) filter (where not is_now), 0) as managing_before
    from hours
),
places as (
    select l.location, l.location_order, coalesce(h.managing, 0) as managing
    from locations as l left join hours as h on h.location = l.location and h.is_now
    where l.location <> 'Practice-wide' and ($locations::varchar[] is null or list_contains($locations::varchar[], l.location))
),
first_place as (    -- one row, also where there is no place
    select
        count(*) as places,
        coalesce(sum(managing), 0) as placed,
        max_by(location, (managing, -location_order)) as name,
        coalesce(max(managing), 0) as most,
        coalesce(list_sort(list(managing), 'desc')[2], 0) as next
    from places
),
topics as (
    select count(*) as topics, coalesce(sum(low), 0) / 3600.0 as low, coalesce(sum(high), 0) / 3600.0 as high from open_topics where said
),
series as (
    select count(*) as series, coalesce(sum(seconds), 0) / 3600.0 as hours
    from (
        select sum(seconds) as seconds from management_events where not handed
        group by group_key having count(distinct occurrence_id) > 1
        order by seconds desc, group_key limit 4
    )
),
logged as (
    select count(distinct day) as logged_days from interruption_starts, span where day between $from_day and last_day
),
known as (
    select
        *,
        case when work = 0 then 'nothing' when unfiled >= work / 2 then 'unfiled' else 'led' end as first_fact,
        managing / weeks - managing_before / weeks_before as changed
    from sums, span, first_place
),
chosen as (
    select
        *,
        case
            when work < 5 then 'thin'
            when places >= 2 and placed >= 5 and most >= 1.25 * placed / places and most >= 1.1 * next then 'location'
            else 'managed'
        end as second_fact,
        case
            when t.topics > 0 and logged_days >= 5 and t.high / weeks >= 0.25 then 'topics'
            when s.series > 0 and s.hours / weeks >= 1 then 'series'
            when logged_days = 0 then 'no_log'
            when logged_days < 5 then 'log_thin'
            else 'not_marked'
        end as third_fact
    from known, topics as t, series as s, logged
),
final as (
    select
        1 as sentence_order, first_fact as fact, null as name,
        case first_fact when 'led' then led_hours else unfiled end / weeks as hours,
        work / weeks as of_hours,
        case first_fact when 'led' then led_hours else unfiled end / nullif(work, 0) as share,
        null as change, null as least_hours, null as amount,
        case when first_fact = 'led' and days >= 7 and $locations::varchar[] is null then nullif((select leadership_target from practice) * target_share, 0) end as target,
        days,
        case when target_share < 1 then days_off end as days_off
    from chosen
    union all
    select
        2, second_fact, case second_fact when 'location' then name end,
        case second_fact when 'thin' then work when 'location' then most / weeks else managing / weeks end,
        case second_fact when 'thin' then null when 'location' then managing / weeks else work / weeks end,
        case second_fact when 'thin' then null when 'location' then most / managing else managing / work end,
        case when second_fact = 'managed' and abs(changed) >= greatest(1, 0.1 * managing_before / weeks_before) then changed end,
        null, case second_fact when 'location' then places end, null, days, null
    from chosen where first_fact = 'led'
    union all
    select
        3, third_fact, null,
        case third_fact when 'topics' then high / weeks when 'series' then series_hours / weeks end,
        null, null, null,
        case third_fact when 'topics' then low / weeks end,
        case third_fact when 'topics' then topics when 'series' then series when 'log_thin' then logged_days end,
        null, days, null
    from (select * exclude (hours), hours as series_hours from chosen) where first_fact = 'led' and second_fact <> 'thin'
)
select
    sentence_order::integer as sentence_order,
    fact,                                                -- which sentence
    name,                                                -- a location
    hours::double as hours,                              -- a week, never scaled up from less; of `thin` all of them
    of_hours::double as of_hours,                        -- of these: all work, of `location` all management
    share::double as share,                              -- hours of of_hours
    change::double as change,                            -- of hours against the time before; null where it is small or not known
    least_hours::double as least_hours,                  -- of topics a week at least: marked that the team could; hours are at most
    amount::integer as amount,                           -- how many locations, topics, events or days with an entry
    target::double as target,                            -- hours of leadership a week
    days::integer as days,                               -- of the period that are covered
    days_off::integer as days_off                        -- working days off that make the target less; null where none do
from final
order by sentence_order;
