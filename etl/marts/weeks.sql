-- How many weeks is a period, for averages and for the target? Parameters: from_day, to_day. One row.
with period as (
    select
        coalesce((
            select days_off_in(greatest($from_day::date, covered_from), least($to_day::date, covered_to), off) from coverage
        ), 0) as days_off,
        bare_weeks_in($from_day::date, $to_day::date) as bare
)
select
    days_off::integer as days_off,                           -- working days of the practice that were off
    at_least_a_week(bare)::double as weeks,                  -- as weeks_in: what hours are divided by, to be hours a week
    share_of_target(bare, days_off)::double as share         -- how much of a week's target holds
from period;
