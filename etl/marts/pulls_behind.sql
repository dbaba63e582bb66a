-- Which interruptions are these hours? As the mart hours_behind, for pictures that cut the time at hours of the clock or at the edges of
-- the working hours. Parameters: from_day, to_day, locations (null: all; of what they were about), roles (null: all), and each null for all:
-- slots (weekday and hour, as in 'Mon 10'), taken (as taken_from of pulls_taken_from), kinds (where it found the owner, as in found_kind()),
-- was, topics, could (as in hours_behind); answered (true: only those that say when they were answered).
with
-- part pull_pieces
final as (
    select p.interruption_id, p.role, p.activity, p.about, sum(p.seconds) as seconds
    from pieces as p join interruption_starts as s using (interruption_id)
    where p.seconds > 0
        and ($roles::varchar[] is null or list_contains($roles::varchar[], p.role))
        and ($slots::varchar[] is null or list_contains($slots::varchar[], (['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])[p.weekday + 1] || ' ' || p.hour))
        and ($taken::varchar[] is null or list_contains($taken::varchar[], p.taken_from))
        and ($kinds::varchar[] is null or list_contains($kinds::varchar[], found_kind(s.displaced_role, s.displaced_location, s.about_location)))
        and ($was::varchar[] is null or list_contains($was::varchar[], found_at(p.displaced_role, p.displaced_location)))
        and ($topics::varchar[] is null or list_contains($topics::varchar[], coalesce(s.topic, '(no topic)')))
        and ($could::varchar[] is null
            or list_contains($could::varchar[], case when s.team_could then 'yes' when not s.team_could then 'no' else 'not known' end))
    group by all
)
select
    null::varchar as occurrence_id,                         -- as in hours_behind: these are interruptions
    f.interruption_id,
    timezone(c.time_zone, i.starts_at) as starts_at,        -- the practice's wall clock; of the whole interruption
    timezone(c.time_zone, i.ends_at) as ends_at,
    f.seconds::bigint as seconds,                           -- what counts here
    (f.seconds / 3600.0)::double as hours,                  -- the same
    ((epoch_us(i.ends_at) - epoch_us(i.starts_at)) / 3600e6)::double as length_hours,
    i.topic as title,
    o.name as calendar,                                     -- the name of its log
    i.about_text as place_text,                             -- the location as written
    f.role,
    f.activity,
    f.about as location
from final as f
join interruptions as i using (interruption_id)
join sources as o on o.source_id = i.source_id
cross join practice as c
where i.answered_at is not null or not $answered::boolean
order by f.seconds desc, i.starts_at desc, f.interruption_id;
