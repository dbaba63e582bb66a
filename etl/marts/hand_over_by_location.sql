-- The hours and interruptions a week before and after each hand-over, by location.
with compared as materialized (from hand_over_weeks where side is not null),
weeks as (select hand_over_id, side, count(*) as weeks from compared group by all),
sums as (
    select w.hand_over_id, p.location, w.side, sum(p.seconds) / 3600.0 as hours, sum(p.began) as pulls
    from compared as w
    join hand_over_pieces as p on p.hand_over_id = w.hand_over_id and p.day between w.begins and w.ends
    group by all
)
select
    s.hand_over_id,
    s.location,
    any_value(l.location_order)::integer as location_order,
    (coalesce(sum(s.hours) filter (where s.side = 'before'), 0) / max(b.weeks))::double as hours_before,   -- a week
    (coalesce(sum(s.hours) filter (where s.side = 'after'), 0) / max(a.weeks))::double as hours_after,     -- a week; null: no week after yet
    (coalesce(sum(s.pulls) filter (where s.side = 'before'), 0) / max(b.weeks))::double as pulls_before,
    (coalesce(sum(s.pulls) filter (where s.side = 'after'), 0) / max(a.weeks))::double as pulls_after
from sums as s
join locations as l using (location)
left join weeks as b on b.hand_over_id = s.hand_over_id and b.side = 'before'
left join weeks as a on a.hand_over_id = s.hand_over_id and a.side = 'after'
group by s.hand_over_id, s.location
order by s.hand_over_id, location_order;
