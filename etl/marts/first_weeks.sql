-- How did it begin? The first four whole weeks that are covered, by role: the line the owner's own hours are held against. Where weeks
-- are filled later only, they begin there: one old event is no beginning.
-- Fewer than four rows' weeks where not so many are over yet, no row where none is. Parameters: locations (null: all).
with begun as (
    select *,
        -- the first day of the first week that is covered from its first day on
        case when week_of(covered_from, week_starts) = covered_from then covered_from else week_of(covered_from, week_starts) + 7 end as from_day
    from coverage
),
filled as (                                                              -- weeks with work on two or more days
    select week from day_slices where role <> 'personal' group by week having count(distinct day) >= 2
),
regular as (                                                             -- the first of them of which and the next three, three are
    select min(f.week) as from_day
    from filled as f, begun as b
    where f.week >= b.from_day and (select count(*) from filled as n where n.week between f.week and f.week + 21) >= 3
),
reach as (
    select
        coalesce(r.from_day, b.from_day) as from_day,
        least(4, date_diff('day', coalesce(r.from_day, b.from_day), least(covered_to + 1, week_of(today, week_starts))) // 7)::integer as weeks
    from begun as b, regular as r
),
hours as (
    select s.role, sum(s.seconds) / 3600.0 as hours
    from day_slices as s join reach as r on s.day between r.from_day and r.from_day + 7 * r.weeks - 1
    where $locations::varchar[] is null or list_contains($locations::varchar[], s.location)
    group by s.role
)
select
    r.role,
    r.role_order::integer as role_order,
    w.from_day::date as from_day,                                        -- the first day of the first of these weeks: of four filled regularly, else the first covered
    (w.from_day + 7 * w.weeks - 1)::date as to_day,                      -- the last day of the last
    w.weeks,                                                             -- how many they are, 1 to 4
    (coalesce(h.hours, 0) / w.weeks)::double as hours_a_week,
    case when r.role <> 'personal' then
        coalesce(h.hours, 0) / nullif(sum(h.hours) filter (where r.role <> 'personal') over (), 0)
    end::double as share,                                                -- of working hours; null for personal time
    (coalesce(sum(h.hours) filter (where r.role <> 'personal') over (), 0) / w.weeks)::double as work_hours_a_week -- the same on every row
from roles as r
cross join reach as w
left join hours as h using (role)
where w.weeks > 0
order by r.role_order;
