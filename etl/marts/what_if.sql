-- What would the average week be without some topics and events? Parameters: from_day, to_day, locations (null: all), topics (in small
-- letters), groups (keys of titles). Of topics what was marked as the owner's stays; of events all goes. What was not management stays, and
-- what is handed over already is not handed over again: as in what_next.
with
-- part handed
picked as (
    select
        d.role, d.seconds, i.team_could,
        d.role = 'management' and case
            when d.interruption_id is not null then
                coalesce(list_contains($topics::varchar[], lower(trim(i.topic))), false)
                and (lower(trim(i.topic)), d.location) not in (select (topic, location) from handed where topic is not null)
            else
                coalesce(list_contains($groups::varchar[], f.group_key), false)
                and (f.group_key, d.location) not in (select (group_key, location) from handed where group_key is not null)
                and (o.uid, d.location) not in (select (uid, location) from handed where uid is not null)
        end as chosen,
        d.interruption_id is not null as pulled
    from day_slices as d
    left join interruption_starts as i on i.interruption_id = d.interruption_id
    left join dated as o on o.occurrence_id = d.occurrence_id
    left join filings as f on f.filing_id = o.filing_id
    where d.day between $from_day and least($to_day, today_here())
        and ($locations::varchar[] is null or list_contains($locations::varchar[], d.location))
),
sums as (
    select
        role,
        sum(seconds) as seconds,
        coalesce(sum(seconds) filter (where chosen and (not pulled or team_could)), 0) as low,
        coalesce(sum(seconds) filter (where chosen and (not pulled or coalesce(team_could, true))), 0) as high
    from picked
    group by role
)
select
    r.role,
    r.role_order::integer as role_order,
    (coalesce(s.seconds, 0) / 3600.0 / w.weeks)::double as hours_a_week,            -- as it is
    (coalesce(s.low, 0) / 3600.0 / w.weeks)::double as low_freed_a_week,            -- at least: events, and topics marked that the team could
    (coalesce(s.high, 0) / 3600.0 / w.weeks)::double as high_freed_a_week,          -- at most: and topics not marked either way
    (coalesce(s.seconds - s.high, 0) / 3600.0 / w.weeks)::double as left_a_week,    -- what surely stays
    coalesce(s.high / nullif(s.seconds, 0), 0)::double as freed_share               -- high_freed_a_week of hours_a_week
from roles as r cross join (select weeks_in($from_day, $to_day) as weeks) as w left join sums as s on s.role = r.role
order by r.role_order;
