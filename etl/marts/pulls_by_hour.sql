-- At which hours of the week do they come? Parameters: from_day, to_day, locations (null: all; of what they were about).
-- The time of one that crosses an hour or midnight counts on both sides of it.
with
-- part pull_pieces
final as (
    select weekday, hour, sum(seconds) / 3600.0 as hours, sum(pulls) as pulls from pieces group by all
)
select
    weekday::integer as weekday,              -- 0 is Monday, of the practice's local clock
    hour::integer as hour,                    -- 0 to 23
    hours::double as hours,                   -- that fell in this hour of all days of the period
    pulls::integer as pulls                   -- that began in it
from final
order by weekday, hour;
