-- Who asks most, fairly counted: for each hour that a location is open, and for each who works there? Beside it the plain number.
-- Parameters: from_day, to_day, locations (null: all). Open hours are those of logged days that are over.
with
-- part pull_rates
final as (select * from rates)
select
    location,
    location_order::integer as location_order,
    pulls::integer as pulls,                                                            -- about it, that began in the period
    a_week::double as pulls_a_week,                                                     -- the plain number
    open_hours::double as logged_open_hours,                                            -- null where the practice does not say when it is open
    case when open_hours is not null then inside end::integer as pulls_in_open_hours,   -- of the pulls, that began in these hours
    (inside / open_hours)::double as pulls_an_open_hour,
    (inside / open_hours * 10)::double as pulls_in_ten_open_hours,                      -- the same, in numbers that can be read
    team,                                                                               -- null where it is not given
    (a_week / team)::double as pulls_a_member_a_week
from final
order by location_order;
