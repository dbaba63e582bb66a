-- What did each day look like, stretch by stretch? Parameters: from_day, to_day, most. Of the days with anything counted, up to now's day,
-- the latest `most`, in order.
with
-- part day_stretches
latest as (select distinct day from stretches order by day desc limit $most),
final as (select * from stretches where day in (select day from latest))
select
    day,
    starts_minute::double as starts_minute,           -- on the practice's local clock, since midnight
    ends_minute::double as ends_minute,
    role,
    location,                                         -- what the time was for
    interruption_id is not null as pull,
    displaced_role,                                   -- of an interruption: what it was taken from
    ((ends - begins) // 1000000)::integer as seconds
from final
order by day, begins;
