-- When was the owner on the way from one location to another? One row a trip. These hours are of no role, and never counted.
-- Parameters: from_day, to_day, locations (null: all; else trips from or to one of them).
with
-- part trips
final as (
    select t.*, p.time_zone from trips as t cross join practice as p
)
select
    day,
    from_place,
    to_place,
    timezone(time_zone, left_at) as left_at,     -- the practice's wall clock
    timezone(time_zone, came_at) as came_at,
    seconds::bigint as seconds,                  -- between them, without what is counted there
    (seconds / 3600.0)::double as hours
from final
order by left_at;
