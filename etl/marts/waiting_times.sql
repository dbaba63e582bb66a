-- How long did they wait for an answer, from asked to answered? Of the interruptions that began in the period and say when they were
-- answered, all together, by location and by where the owner was. Parameters: from_day, to_day, locations (null: all; of what they were about).
with span as (
    select least($to_day::date, timezone(time_zone, now())::date) as until from practice
),
begun as (
    select
        s.about_location as about,
        found_kind(s.displaced_role, s.displaced_location, s.about_location) as kind,
        (epoch_us(s.answered_at) - epoch_us(s.starts_at)) / 60e6 as minutes
    from interruption_starts as s
    where s.day between $from_day and (select until from span)
        and ($locations::varchar[] is null or list_contains($locations::varchar[], s.about_location))
),
rows_of as (
    select 'all' as split, 'all' as name, 0 as place, minutes from begun
    union all
    select 'location', b.about, l.location_order, b.minutes from begun as b join locations as l on l.location = b.about
    union all
    select 'found', b.kind, k.place, b.minutes
    from begun as b join (values ('here', 1), ('elsewhere', 2), ('patients', 3), ('practice-wide', 4), ('nothing', 5)) as k (kind, place) using (kind)
)
select
    split,                                                            -- 'all', 'location' or 'found'
    name,                                                             -- of the location, or as found_kind() says where the owner was
    place::integer as place,
    count(minutes)::integer as answered,                              -- that say when they were answered: n
    count(*)::integer as pulls,                                       -- of so many
    median(minutes)::double as median_minutes,                        -- null where none says it
    quantile_cont(minutes, 0.9)::double as ninetieth_minutes          -- nine of ten had their answer by then
from rows_of
group by all
order by split, place;
