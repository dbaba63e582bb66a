-- Who pulled, while the owner was where? Interruptions about each location by where they found the owner.
-- Parameters: from_day, to_day, locations (null: all; of what they were about).
with pieces as (
    select about_location as about, displaced_role, displaced_location, 1 as pulls, 0 as seconds
    from interruption_starts
    where day between $from_day and least($to_day, today_here())
    union all
    select location, displaced_role, displaced_location, 0, seconds
    from day_slices
    where interruption_id is not null and day between $from_day and least($to_day, today_here())
),
final as (
    select
        p.about,
        found_at(p.displaced_role, p.displaced_location) as was,
        found_kind(p.displaced_role, p.displaced_location, p.about) as was_kind,
        case when p.displaced_role is null then 3000 when p.displaced_role = 'clinical' then 0 else 1000 end
            + coalesce(l.location_order, 0) as was_order,
        sum(p.pulls) as pulls,
        sum(p.seconds) / 3600.0 as hours
    from pieces as p left join locations as l on l.location = p.displaced_location
    where $locations::varchar[] is null or list_contains($locations::varchar[], p.about)
    group by all
)
select
    f.about as about_location,
    l.location_order as about_order,
    f.was,                                    -- where the owner was, and whether with patients
    f.was_kind,                               -- 'patients', 'here', 'elsewhere', 'practice-wide' or 'nothing'
    f.was_order::integer as was_order,
    f.pulls::integer as pulls,                -- that began there
    f.hours::double as hours                  -- that they took there
from final as f join locations as l on l.location = f.about
order by about_order, was_order;
