-- How far can the log be trusted? Parameters: from_day, to_day, locations (null: all; of what they were about). One row.
-- Working and logged days are those of log_days; nothing is scaled up but in `high`, from ten logged days on.
with worked as (
    select distinct day
    from day_slices
    where interruption_id is null and role <> 'personal' and day between $from_day and least($to_day, today_here())
        and isodow(day) - 1 in (select weekday from working_hours)
),
logged as (
    select distinct day from interruption_starts where day between $from_day and least($to_day, today_here())
),
days as (
    select
        (select count(*) from (from worked union from logged)) as working_days,
        (select count(*) from logged) as logged_days
),
began as (
    select count(*) as pulls
    from interruption_starts
    where day between $from_day and least($to_day, today_here())
        and ($locations::varchar[] is null or list_contains($locations::varchar[], about_location))
),
took as (
    select
        coalesce(sum(d.seconds), 0) / 3600.0 as hours,
        coalesce(sum(d.seconds) filter (where i.estimated), 0) / 3600.0 as estimated_hours
    from day_slices as d join interruption_starts as i using (interruption_id)
    where d.day between $from_day and least($to_day, today_here())
        and ($locations::varchar[] is null or list_contains($locations::varchar[], d.location))
)
select
    working_days::integer as working_days,
    logged_days::integer as logged_days,                                               -- of these
    pulls::integer as pulls,
    hours::double as hours,                                                            -- each minute once
    estimated_hours::double as estimated_hours,                                        -- of these
    (estimated_hours / nullif(hours, 0))::double as estimated_share,                   -- null where there are none
    (hours / w)::double as low_hours_a_week,                                           -- as logged
    case when logged_days >= 10 then hours / logged_days * working_days / w end::double as high_hours_a_week  -- if unlogged days were alike; null: too few days to say
from days, began, took, (select weeks_in($from_day, $to_day) as w);
