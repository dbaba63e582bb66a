-- Where did the owner's hours go in the same weeks before and after each hand-over? No cause is claimed.
with compared as materialized (from hand_over_weeks where side is not null),
weeks as (select hand_over_id, side, count(*) as weeks from compared group by all),
sums as (
    select w.hand_over_id, w.side, d.role, sum(d.seconds) / 3600.0 as hours
    from compared as w join day_slices as d on d.day between w.begins and w.ends
    group by all
)
select
    b.hand_over_id,
    r.role,
    r.role_order::integer as role_order,
    (coalesce(old.hours, 0) / b.weeks)::double as hours_before,   -- a week
    (coalesce(new.hours, 0) / a.weeks)::double as hours_after     -- a week
from weeks as b
join weeks as a on a.hand_over_id = b.hand_over_id and a.side = 'after'
cross join roles as r
left join sums as old on old.hand_over_id = b.hand_over_id and old.side = 'before' and old.role = r.role
left join sums as new on new.hand_over_id = b.hand_over_id and new.side = 'after' and new.role = r.role
where b.side = 'before'
order by b.hand_over_id, r.role_order;
