-- Who pulled, while the owner was where? Interruptions about each location by where they found the owner.
-- Parameters: from_day, to_day, locations (null: all; of what they were about).
with pieces as (
    select
        d.location as about_location, d.interruption_id, d.seconds,
        case
            when d.displaced_role is null then 'nothing in the calendar'
            when d.displaced_role = 'clinical' and d.displaced_location = 'Practice-wide' then 'with patients'
            when d.displaced_role = 'clinical' then 'with patients at ' || d.displaced_location
            when d.displaced_location = 'Practice-wide' then 'Practice-wide work'
            else 'at ' || d.displaced_location
        end as was,
        case when d.displaced_role is null then 3000 when d.displaced_role = 'clinical' then 0 else 1000 end + coalesce(w.location_order, 0) as was_order
    from day_slices as d left join locations as w on w.location = d.displaced_location
    where d.interruption_id is not null and d.day between $from_day and least($to_day, (select today from coverage))
        and ($locations::varchar[] is null or list_contains($locations::varchar[], d.location))
),
firsts as (  -- one that ran across two occurrences counts where most of it fell
    select interruption_id, was from pieces group by interruption_id, was qualify row_number() over (partition by interruption_id order by sum(seconds) desc, was) = 1
)
select
    p.about_location,
    l.location_order as about_order,
    p.was,                                                    -- where the owner was, and whether with patients
    p.was_order::integer as was_order,
    count(distinct f.interruption_id)::integer as pulls,
    (sum(p.seconds) / 3600.0)::double as hours
from pieces as p
join locations as l on l.location = p.about_location
left join firsts as f on f.interruption_id = p.interruption_id and f.was = p.was
group by p.about_location, l.location_order, p.was, p.was_order
order by about_order, was_order;
