-- What could be handed over next, and what speaks for it? Topics of interruptions that were management, and management events that come
-- again, by the most hours a week; what is handed over at some locations only has two rows. Parameters: from_day, to_day, locations (null:
-- all; of what they were about).
with
-- part handed
-- part management_events
pulls as (
    select lower(trim(s.topic)) as topic, trim(s.topic) as written, s.team_could, s.about_location as about, s.displaced_role, s.day, 1 as pulls, 0 as seconds
    from interruption_starts as s
    where s.role = 'management' and s.day between $from_day and least($to_day, today_here()) and trim(s.topic) <> ''
    union all
    select lower(trim(i.topic)), trim(i.topic), i.team_could, d.location, null, null, 0, d.seconds
    from day_slices as d join interruption_starts as i using (interruption_id)
    where d.role = 'management' and d.day between $from_day and least($to_day, today_here()) and trim(i.topic) <> ''
),
asked as (
    select *, (topic, about) in (select (topic, location) from handed where topic is not null) as handed
    from pulls
    where $locations::varchar[] is null or list_contains($locations::varchar[], about)
),
topics as (
    select
        'topic' as kind,
        topic as what,
        handed,
        coalesce(arg_max(written, day::varchar || written), max(written)) as label,
        coalesce(sum(seconds) filter (where team_could), 0) as low,
        coalesce(sum(seconds) filter (where coalesce(team_could, true)), 0) as high,
        sum(pulls) as times,
        sum(pulls) filter (where team_could) as could,
        sum(pulls) filter (where not team_could) as needed,
        sum(pulls) filter (where displaced_role = 'clinical') as with_patients,
        count(distinct about) filter (where about <> 'Practice-wide') as locations,
        count(distinct week_of(day, (select week_starts from practice))) as weeks
    from asked
    group by topic, handed
),
groups as (
    select
        'group' as kind, group_key as what, handed, mode(title) as label, 0 as low, sum(seconds) as high, count(distinct occurrence_id) as times,
        null as could, null as needed, null as with_patients,
        count(distinct location) filter (where location <> 'Practice-wide') as locations, count(distinct week) as weeks
    from management_events
    group by group_key, handed
    having count(distinct occurrence_id) > 1
),
final as (
    select c.*, w.weeks as in_weeks, s.calendar_weeks
    from (from topics union all by name from groups) as c, (select weeks_in($from_day, $to_day) as weeks) as w, (
        select date_diff('day', week_of(greatest($from_day::date, covered_from), week_starts), least($to_day::date, covered_to)) // 7 + 1 as calendar_weeks
        from coverage
    ) as s
    where c.high > 0
)
select
    kind,                                                        -- 'topic' of interruptions, or 'group' of events whose titles mean the same
    what,                                                        -- the topic in small letters, or the group's key
    label,                                                       -- as written, a topic as last: a stranger's words
    (low / 3600.0 / in_weeks)::double as low_hours_a_week,       -- marked: the team could; of events nothing is marked
    (high / 3600.0 / in_weeks)::double as high_hours_a_week,     -- all but what was marked as the owner's
    times::integer as times,                                     -- interruptions or events in the period
    coalesce(could, 0)::integer as could,                        -- of the interruptions: marked that the team could
    coalesce(needed, 0)::integer as needed,                      -- marked that it needs the owner
    coalesce(with_patients, 0)::integer as with_patients,        -- found the owner with patients
    locations::integer as locations,
    weeks::integer as weeks,                                     -- calendar weeks in which it came
    (weeks > 1 and weeks = calendar_weeks) as every_week,        -- these are all that the covered days of the period touch
    handed,                                                      -- it is handed over already, where it was about
    -- Of all of this kind that are not handed over, the same on every row of it:
    (coalesce(sum(low) filter (where not handed) over (partition by kind), 0) / 3600.0 / in_weeks)::double as open_low_a_week,
    (coalesce(sum(high) filter (where not handed) over (partition by kind), 0) / 3600.0 / in_weeks)::double as open_high_a_week
from final
order by high desc, kind, what;
