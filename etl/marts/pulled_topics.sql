-- Which topics take the owner's time, and which of it could the team have settled? The most hours first.
-- Parameters: from_day, to_day, locations (null: all; of what they were about). Topics that differ in case alone are one.
with span as (
    select least($to_day::date, timezone(time_zone, now())::date) as until from practice
),
pieces as (
    select topic, team_could, about_location as about, day, 1 as pulls, 0 as seconds
    from interruption_starts
    where day between $from_day and (select until from span)
    union all
    select s.topic, s.team_could, d.location, d.day, 0, d.seconds
    from day_slices as d join interruption_starts as s using (interruption_id)
    where d.day between $from_day and (select until from span)
),
picked as (
    select *, coalesce(nullif(lower(trim(topic)), ''), '(no topic)') as key, coalesce(nullif(trim(topic), ''), '(no topic)') as written
    from pieces
    where $locations::varchar[] is null or list_contains($locations::varchar[], about)
)
select
    arg_max(written, day::varchar || written) as topic,                                       -- as it was written last
    list_sort(list(distinct coalesce(topic, '(no topic)'))) as spellings,                      -- as the log has it
    sum(pulls)::integer as pulls,                                                              -- that began in the period
    (sum(seconds) / 3600.0)::double as hours,                                                  -- in the period
    (coalesce(sum(seconds) filter (where team_could), 0) / 3600.0)::double as could_hours,     -- marked: the team could
    (coalesce(sum(seconds) filter (where team_could is null), 0) / 3600.0)::double as unknown_hours,  -- not marked either way
    (coalesce(sum(seconds) filter (where not team_could), 0) / 3600.0)::double as needed_hours,       -- marked: needed the owner
    count(distinct about) filter (where about <> 'Practice-wide')::integer as locations,       -- asked about how many
    -- All topics together, the same on every row:
    (sum(sum(seconds)) over () / 3600.0)::double as all_hours,
    (sum(coalesce(sum(seconds) filter (where team_could), 0)) over () / 3600.0)::double as all_could_hours,
    (sum(coalesce(sum(seconds) filter (where team_could is null), 0)) over () / 3600.0)::double as all_unknown_hours
from picked
group by key
order by hours desc, pulls desc, topic;
