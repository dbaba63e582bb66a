-- Is it changing? Hours by role, bar by bar. Parameters: from_day, to_day, locations (null: all), grain ('day', 'week', 'month' or 'quarter').
with
-- part bars
hours as (
    select case $grain when 'week' then week else date_trunc($grain, day)::date end as begins, role, sum(seconds) / 3600.0 as hours
    from day_slices
    where day between $from_day and least($to_day, today_here())
        and ($locations::varchar[] is null or list_contains($locations::varchar[], location))
    group by all
)
select
    b.begins,                                              -- first day of the bar
    r.role,
    r.role_order::integer as role_order,
    coalesce(h.hours, 0)::double as hours,
    b.finished,
    b.days_off::integer as days_off,                       -- working days of it that were off
    -- hours of leadership to aim at in a week; less in one with days off; null for other roles and bars, and where none is set
    case when $grain = 'week' and r.role = 'leadership' then
        p.leadership_target * greatest(1 - b.days_off / (select greatest(count(distinct weekday), 1) from working_hours), 0)
    end::double as target
from bars as b
cross join roles as r
cross join practice as p
left join hours as h on h.begins = b.begins and h.role = r.role
order by b.begins, r.role_order;
