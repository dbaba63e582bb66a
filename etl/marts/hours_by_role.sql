-- Where did the hours go, by role, and against the time before?
-- Parameters: from_day, to_day, before_from, before_to (DATE, inclusive; before_* may be null), locations (null: all).
with picked as (
    select * from day_slices where $locations::varchar[] is null or list_contains($locations::varchar[], location)
),
now_hours as (
    select role, sum(seconds) / 3600.0 as hours from picked where day between $from_day and least($to_day, today_here()) group by role
),
before_hours as (
    select role, sum(seconds) / 3600.0 as hours from picked where day between $before_from and $before_to group by role
),
final as (
    select
        r.role, r.role_order, r.role <> 'personal' as is_work,
        coalesce(n.hours, 0) as hours,
        coalesce(n.hours, 0) / weeks_in($from_day, $to_day) as hours_a_week,
        case when c.covered_from <= $before_from then coalesce(b.hours, 0) end as hours_before,
        case when c.covered_from <= $before_from then coalesce(b.hours, 0) / weeks_in($before_from, $before_to) end as hours_a_week_before
    from roles as r
    cross join coverage as c
    left join now_hours as n using (role)
    left join before_hours as b using (role)
)
select
    role,
    role_order::integer as role_order,
    hours::double as hours,                              -- in the period, up to today
    case when is_work then hours / nullif(sum(hours) filter (where is_work) over (), 0) end::double as share,  -- of working hours
    hours_a_week::double as hours_a_week,                -- average over the covered days, never scaled up from less than a week
    hours_before::double as hours_before,                -- null where the time before is not covered
    hours_a_week_before::double as hours_a_week_before,
    (hours_a_week - hours_a_week_before)::double as change_a_week,
    -- All working roles together (all but personal), the same on every row:
    (sum(hours) filter (where is_work) over ())::double as work_hours,
    (sum(hours_a_week) filter (where is_work) over ())::double as work_hours_a_week,
    (sum(hours_a_week_before) filter (where is_work) over ())::double as work_hours_a_week_before
from final
order by role_order;
