-- Fill covered_days, which every figure "a week" asks for: one row, so that nothing is counted again for it.
delete from covered_days;

insert into covered_days
select
    time_zone, week_starts, first_day, last_counted,
    case when first_day - week_of(first_day, week_starts) <= 3 then week_of(first_day, week_starts) else first_day end,
    (select min(day) from interruption_starts),
    (select max(day) from interruption_starts),
    (select greatest(count(distinct weekday), 1) from working_hours),
    (select coalesce(list(day order by day), []) from days_off where works)
from practice cross join (select min(day) as first_day, max(day) as last_counted from day_slices);
