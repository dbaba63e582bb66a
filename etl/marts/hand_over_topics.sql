-- Which topics do not need the owner, and how many hours of management a week are they? Parameters: from_day, to_day, locations (null: all).
with pieces as (
    select s.topic, s.team_could, s.about_location as about, 1 as pulls, 0 as seconds
    from interruption_starts as s
    where s.role = 'management' and s.day between $from_day and least($to_day, today_here())
    union all
    select i.topic, i.team_could, d.location, 0, d.seconds
    from day_slices as d join interruption_starts as i using (interruption_id)
    where d.role = 'management' and d.day between $from_day and least($to_day, today_here())
)
select
    coalesce(topic, '(no topic)') as topic,
    sum(pulls)::integer as pulls,                                                              -- that began in the period
    count(distinct about) filter (where about <> 'Practice-wide')::integer as locations,      -- asked about how many
    (coalesce(sum(seconds) filter (where team_could), 0) / 3600.0 / weeks_in($from_day, $to_day))::double as low_hours_a_week,  -- marked: the team could
    (sum(seconds) / 3600.0 / weeks_in($from_day, $to_day))::double as high_hours_a_week        -- and those not known
from pieces
where coalesce(team_could, true)
    and ($locations::varchar[] is null or list_contains($locations::varchar[], about))
group by coalesce(topic, '(no topic)')
order by high_hours_a_week desc, topic;
