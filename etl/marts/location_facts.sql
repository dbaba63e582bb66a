-- Two locations point by point: the same facts of each, a week. Parameters: from_day, to_day, locations (null: all).
with sums as (
    select
        location,
        sum(seconds) filter (where role <> 'personal') / 3600.0 as work,
        sum(seconds) filter (where role = 'leadership') / 3600.0 as leadership,
        sum(seconds) filter (where role = 'management') / 3600.0 as management,
        sum(seconds) filter (where role = 'clinical') / 3600.0 as clinical,
        sum(seconds) filter (where role = 'unclassified') / 3600.0 as not_filed,
        sum(seconds) filter (where interruption_id is not null) / 3600.0 as pull_hours
    from day_slices where day between $from_day and least($to_day, today_here())
    group by location
),
begun as (
    select about_location as location, count(*) as pulls, count(*) filter (where displaced_role = 'clinical') as pulls_with_patients
    from interruption_starts where day between $from_day and least($to_day, today_here())
    group by about_location
),
facts as (
    select l.location, l.location_order, f.fact, f.fact_order, f.unit,
        case f.fact
            when 'Hours' then work when 'Leadership' then leadership when 'Management' then management when 'Clinical' then clinical
            when 'Not filed' then not_filed when 'Pulls' then pulls when 'Hours of pulls' then pull_hours else pulls_with_patients
        end as total
    from locations as l
    cross join (values
        ('Hours', 1, 'h a week'), ('Leadership', 2, 'h a week'), ('Management', 3, 'h a week'), ('Clinical', 4, 'h a week'),
        ('Not filed', 5, 'h a week'), ('Pulls', 6, 'a week'), ('Hours of pulls', 7, 'h a week'), ('Pulls while with patients', 8, 'a week')
    ) as f (fact, fact_order, unit)
    left join sums as s on s.location = l.location
    left join begun as b on b.location = l.location
    where $locations::varchar[] is null or list_contains($locations::varchar[], l.location)
)
select
    location, location_order, fact, fact_order::integer as fact_order, unit,
    (coalesce(total, 0) / weeks_in($from_day, $to_day))::double as value
from facts
order by location_order, fact_order;
