-- Which questions come from several locations, or again and again? Those asked about two or more locations, or three or more times, in
-- the 28 days that end with the period. Parameters: from_day, to_day, locations (null: all; of what they were about).
with
-- part handed
these as (
    select last_day - 27 as first_day, last_day
    from (select least($to_day::date, timezone(time_zone, now())::date) as last_day from practice)
),
pieces as (
    select s.topic, s.about_location as about, s.day, 1 as pulls, 0 as seconds, 0 as period_seconds
    from interruption_starts as s, these as t
    where s.day between t.first_day and t.last_day
    union all
    select
        s.topic, d.location, d.day, 0,
        case when d.day >= t.first_day then d.seconds else 0 end,
        case when d.day >= $from_day then d.seconds else 0 end
    from day_slices as d join interruption_starts as s using (interruption_id), these as t
    where d.day between least(t.first_day, $from_day::date) and t.last_day
),
topics as (
    select
        lower(trim(topic)) as key,
        arg_max(trim(topic), day::varchar || trim(topic)) as topic,
        list_sort(list(distinct topic)) as spellings,
        list(distinct about) as abouts,
        sum(pulls) as pulls,
        count(distinct about) filter (where about <> 'Practice-wide' and pulls > 0) as locations,
        sum(seconds) / 3600.0 as hours,
        sum(period_seconds) / 3600.0 as period_hours
    from pieces
    where trim(topic) <> '' and ($locations::varchar[] is null or list_contains($locations::varchar[], about))
    group by all
    having sum(pulls) >= 3 or count(distinct about) filter (where about <> 'Practice-wide' and pulls > 0) >= 2
),
held as (
    select
        topic as key, list(distinct location) as locations, arg_max(kind, made_at) as kind, arg_max(to_role, made_at) as to_role,
        max(from_day) as from_day
    from handed
    where topic is not null
    group by topic
)
select
    t.topic,                                                                        -- as it was written last
    t.spellings,                                                                    -- as the log has it
    t.pulls::integer as pulls,                                                      -- that began in the four weeks
    t.locations::integer as locations,                                              -- asked about how many; Practice-wide is none
    t.hours::double as hours,                                                       -- of the four weeks
    (t.period_hours / weeks_in($from_day, $to_day) * 52)::double as hours_a_year,   -- as logged: those of the period, over its weeks, times 52
    h.kind as handed_over,                                                          -- 'hand-over' or 'written answer' where there is one today, for all that it was about; else null
    h.to_role,                                                                      -- who has it
    h.from_day,
    b.first_day,                                                                    -- of the four weeks
    b.last_day
from topics as t cross join these as b left join held as h on h.key = t.key and list_has_all(h.locations, t.abouts)
order by (h.kind is not null), t.hours desc, t.pulls desc, t.topic;
