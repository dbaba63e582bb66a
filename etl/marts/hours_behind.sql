-- Which events and interruptions are these hours? One row each, with what of it counts there: together exactly the bar, cell or
-- point of a picture. Parameters: from_day, to_day, roles (null: all working roles, and of interruptions alone all roles),
-- locations (null: all; an interruption counts where it was about), pulls (true: interruptions alone), was (null, or names of
-- where interruptions found the owner, as in the mart pulls_by_location), topics (null, or as in the mart hand_over_topics),
-- could (null, or of 'yes', 'no', 'not known': whether the team could have carried an interruption).
with pieces as (
    select occurrence_id, interruption_id, role, activity, location, sum(seconds) as seconds
    from day_slices
    where day between $from_day and least($to_day, today_here())
        and (list_contains($roles::varchar[], role) or ($roles::varchar[] is null and (role <> 'personal' or $pulls)))
        and ($locations::varchar[] is null or list_contains($locations::varchar[], location))
        and (interruption_id is not null or not ($pulls or $was::varchar[] is not null))
        and ($was::varchar[] is null or list_contains($was::varchar[], found_at(displaced_role, displaced_location)))
    group by all
),
-- part named
select
    f.occurrence_id::varchar as occurrence_id,              -- as text, since a browser loses digits of such long numbers; null: an interruption
    f.interruption_id,                                      -- null: an event
    timezone(c.time_zone, f.starts_at) as starts_at,        -- the practice's wall clock; of the whole event
    timezone(c.time_zone, f.ends_at) as ends_at,
    f.seconds::bigint as seconds,                           -- what counts here
    (f.seconds / 3600.0)::double as hours,                  -- the same
    ((epoch_us(f.ends_at) - epoch_us(f.starts_at)) / 3600e6)::double as length_hours,  -- of the whole event, as time passes
    f.title,                                                -- of an interruption its topic; null where dropped or absent
    f.calendar,                                             -- of an interruption the name of its log
    f.place_text,                                           -- of an interruption the location as written
    f.role,
    f.activity,
    f.location
from named as f cross join coverage as c
where ($topics::varchar[] is null or (f.interruption_id is not null and list_contains($topics::varchar[], coalesce(f.topic, '(no topic)'))))
    and ($could::varchar[] is null or (f.interruption_id is not null
        and list_contains($could::varchar[], case when f.team_could then 'yes' when not f.team_could then 'no' else 'not known' end)))
order by f.seconds desc, f.starts_at desc, f.occurrence_id, f.interruption_id;
