-- How many interruptions, and where did they find the owner? Parameters: from_day, to_day, locations (null: all; of
-- what they were about). One row.
with taken as (
    select d.*
    from day_slices as d
    where d.interruption_id is not null and d.day between $from_day and least($to_day, today_here())
        and ($locations::varchar[] is null or list_contains($locations::varchar[], d.location))
),
begun as (
    select count(*) as pulls
    from interruption_starts
    where day between $from_day and least($to_day, today_here())
        and ($locations::varchar[] is null or list_contains($locations::varchar[], about_location))
)
select
    (select pulls from begun)::integer as pulls,
    (coalesce(sum(seconds), 0) / 3600.0)::double as hours,                                                -- in the period
    (coalesce(sum(seconds) filter (where displaced_role = 'clinical'), 0) / nullif(sum(seconds), 0))::double as with_patients_share,  -- of these hours; null where there are none
    (coalesce(sum(seconds) filter (where location <> 'Practice-wide' and displaced_location not in (location, 'Practice-wide')), 0) / nullif(sum(seconds), 0))::double as elsewhere_share  -- while at another location
from taken;
