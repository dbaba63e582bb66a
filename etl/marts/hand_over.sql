-- How many hours of management a week do not need the owner? A range: at least what the log marks so, at most all
-- but what the log marks as needing the owner. An interruption that was not management is in neither. Parameters: from_day, to_day, locations (null: all). One row.
with picked as (
    select d.*, i.team_could
    from day_slices as d left join interruption_starts as i using (interruption_id)
    where d.day between $from_day and least($to_day, today_here())
        and d.role = 'management'
        and ($locations::varchar[] is null or list_contains($locations::varchar[], d.location))
),
begun as (
    select
        count(*) filter (where i.team_could) as marked_pulls,
        count(*) filter (where i.team_could is null) as unmarked_pulls,
        count(*) filter (where not i.team_could) as needed_pulls
    from interruption_starts as i
    where i.role = 'management' and i.day between $from_day and least($to_day, today_here())
        and ($locations::varchar[] is null or list_contains($locations::varchar[], i.about_location))
),
sums as (
    select
        coalesce(sum(seconds) filter (where team_could), 0) / 3600.0 as marked,
        coalesce(sum(seconds) filter (where not team_could and interruption_id is not null), 0) / 3600.0 as needed,
        coalesce(sum(seconds) filter (where interruption_id is null), 0) / 3600.0 as calendar_management,
        coalesce(sum(seconds) filter (where interruption_id is not null and team_could is null), 0) / 3600.0 as not_known
    from picked
)
select
    (marked / w)::double as low_hours_a_week,                                        -- interruptions marked: the team could
    ((marked + calendar_management + not_known) / w)::double as high_hours_a_week,   -- and all other not marked as the owner's
    marked_pulls::integer as marked_pulls,
    unmarked_pulls::integer as unmarked_pulls,
    needed_pulls::integer as needed_pulls,
    (calendar_management / w)::double as calendar_management_hours_a_week,
    (not_known / w)::double as not_known_hours_a_week,
    (needed / w)::double as needed_hours_a_week
from sums, begun, (select weeks_in($from_day, $to_day) as w);
