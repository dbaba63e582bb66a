-- The hours that changed their role or location between two countings of the same time, up to now.
with
was as (select *, epoch_us(starts_at) as begins, least(epoch_us(ends_at), epoch_us(now())) as ends from old_slices),
is_now as (select *, epoch_us(starts_at) as begins, least(epoch_us(ends_at), epoch_us(now())) as ends from time_slices),
unlike as (  -- most slices are as they were
    select begins, ends from was
    except
    select w.begins, w.ends from was as w join is_now as n on w.begins = n.begins and w.ends = n.ends
        and w.role = n.role and w.location = n.location
),
pairs as (
    select
        w.role as from_role, n.role as to_role, w.location as from_location, n.location as to_location,
        least(w.ends, n.ends) - greatest(w.begins, n.begins) as length
    from unlike as u
    join was as w on w.begins = u.begins and w.ends = u.ends
    join is_now as n on n.begins < w.ends and n.ends > w.begins
)
select
    (sum(length) / 3600e6)::double as hours, from_role, to_role, from_location, to_location
from pairs
where length > 0 and (from_role <> to_role or from_location <> to_location)
group by all
order by hours desc, from_role, to_role, from_location, to_location;
