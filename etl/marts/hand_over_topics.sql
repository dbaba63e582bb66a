-- Which topics could be handed over, and how many hours of management a week are they? What somebody has already is left out, where it is
-- handed over. Those of the half minute first, then by the most hours. Parameters: from_day, to_day, locations (null: all).
with
-- part handed
topic_pieces as (
    select s.topic, s.team_could, s.about_location as about, s.day, 1 as pulls, 0 as seconds
    from interruption_starts as s
    where s.role = 'management' and s.day between $from_day and least($to_day, today_here())
    union all
    select i.topic, i.team_could, d.location, d.day, 0, d.seconds
    from day_slices as d join interruption_starts as i using (interruption_id)
    where d.role = 'management' and d.day between $from_day and least($to_day, today_here())
),
-- part open_topics
final as (select *, weeks_in($from_day, $to_day) as weeks from open_topics)
select
    topic,                                                      -- as written last; '(no topic)' for those without one
    spellings,                                                  -- as the log has it
    abouts,                                                     -- the locations it is left at; null: nobody has it anywhere
    pulls::integer as pulls,                                    -- that began in the period
    locations::integer as locations,                            -- asked about how many; Practice-wide is none
    (low / 3600.0 / weeks)::double as low_hours_a_week,         -- marked: the team could
    (high / 3600.0 / weeks)::double as high_hours_a_week,       -- and those not known
    said                                                        -- one of those that the mart half_minute adds up
from final
order by said desc, high desc, topic;
