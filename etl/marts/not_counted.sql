-- What was not counted and why, for a period. Parameters: from_day, to_day.
with bounds as (
    select
        instant_at(time_zone, $from_day::date::timestamp) as from_at,
        instant_at(time_zone, (least($to_day::date, today) + 1)::timestamp) as to_at
    from coverage
)
select
    o.not_counted_because as reason,
    count(*)::integer as occurrences,
    round(sum(greatest(epoch_us(least(o.ends_at, b.to_at)) - epoch_us(greatest(o.starts_at, b.from_at)), 0)) / 3600e6, 6)::double as hours
from occurrences as o, bounds as b
where not o.counted and o.starts_at < b.to_at and (o.ends_at > b.from_at or o.starts_at >= b.from_at)
group by reason
order by hours desc, reason;
