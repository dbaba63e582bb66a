-- Which topics do not need the owner, and how many hours a week are they? Parameters: from_day, to_day, locations (null: all).
select
    coalesce(i.topic, '(no topic)') as topic,
    count(distinct d.interruption_id)::integer as pulls,
    count(distinct d.location) filter (where d.location <> 'Practice-wide')::integer as locations,          -- asked about how many
    (coalesce(sum(d.seconds) filter (where i.team_could), 0) / 3600.0 / weeks_in($from_day, $to_day))::double as low_hours_a_week,  -- marked: the team could
    (sum(d.seconds) / 3600.0 / weeks_in($from_day, $to_day))::double as high_hours_a_week                   -- and those not known
from day_slices as d
join interruptions as i using (interruption_id)
where d.day between $from_day and least($to_day, (select today from coverage))
    and ($locations::varchar[] is null or list_contains($locations::varchar[], d.location))
    and coalesce(i.team_could, true)
group by all
order by high_hours_a_week desc, topic;
