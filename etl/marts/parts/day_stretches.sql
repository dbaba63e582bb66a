-- Part of a question: `stretches`, the slices cut at local midnight, with their instants in microseconds and their minutes on the
-- local clock. Needs the parameters from_day, to_day (at most up to today).
stretches as (
    select
        day, role, activity, location, occurrence_id, interruption_id, displaced_role, displaced_location,
        epoch_us(starts_at) as begins, epoch_us(ends_at) as ends, starts_minute, ends_minute
    from day_slices
    where day between $from_day and (select least($to_day::date, timezone(time_zone, now())::date) from practice)
),
