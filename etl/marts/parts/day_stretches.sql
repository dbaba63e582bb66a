-- Part of a question: the slices cut at local midnight. `stretches` has its instants (microseconds) and its minutes on the local
-- clock since midnight; what runs until midnight ends at 1440. Needs the parameters from_day, to_day (at most up to today).
bounds as (
    select time_zone, least($to_day::date, timezone(time_zone, now())::date) as until from practice
),
near as (
    select t.*, b.time_zone, b.until
    from time_slices as t cross join bounds as b
    where t.ends_at > timezone('UTC', $from_day::timestamp - interval 2 days)
        and t.starts_at < timezone('UTC', $to_day::timestamp + interval 3 days)
),
by_day as (
    select
        n.*,
        unnest(generate_series(
            timezone(time_zone, starts_at)::date, timezone(time_zone, ends_at - interval 1 microsecond)::date, interval 1 day
        ))::date as day
    from near as n
),
stretches as (
    select
        day, role, activity, location, occurrence_id, interruption_id, displaced_role, displaced_location,
        greatest(epoch_us(starts_at), epoch_us(instant_at(time_zone, day::timestamp))) as begins,
        least(epoch_us(ends_at), epoch_us(instant_at(time_zone, (day + 1)::timestamp))) as ends,
        case when starts_at <= instant_at(time_zone, day::timestamp) then 0
            else date_diff('second', day::timestamp, timezone(time_zone, starts_at)) / 60.0 end as starts_minute,
        case when ends_at >= instant_at(time_zone, (day + 1)::timestamp) then 1440
            else date_diff('second', day::timestamp, timezone(time_zone, ends_at)) / 60.0 end as ends_minute
    from by_day
    where day between $from_day and until
),
