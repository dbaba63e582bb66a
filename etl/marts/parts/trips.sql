-- Part of a question: the way from one place to another on one day. `trips` has a row a trip: its local day, both places and its
-- seconds. Whatever an event is, its owner was at its location; in an interruption at the location of what it was taken from;
-- Practice-wide is no place. Between the end at one place and the next beginning at another, what is not counted is the way, where
-- both lie on one local day and no more than three hours apart. Needs the parameters from_day, to_day, locations.
near as (    -- cut wide: a local day is not a day of UTC
    select t.starts_at, t.ends_at, p.time_zone, case when t.interruption_id is null then t.location else t.displaced_location end as place
    from time_slices as t cross join practice as p
    where t.ends_at > timezone('UTC', $from_day::timestamp - interval 2 days)
        and t.starts_at < timezone('UTC', least($to_day::date, timezone(p.time_zone, now())::date)::timestamp + interval 3 days)
),
in_order as (
    select
        time_zone, place, starts_at, ends_at,
        -- counted time before this slice, so that what is counted between two of them is a difference
        (sum(epoch_us(ends_at) - epoch_us(starts_at)) over (order by starts_at))::bigint - (epoch_us(ends_at) - epoch_us(starts_at)) as before_us
    from near
),
moves as (
    select
        time_zone, place as from_place, lead(place) over there as to_place, ends_at as left_at, lead(starts_at) over there as came_at,
        lead(before_us) over there - before_us - (epoch_us(ends_at) - epoch_us(starts_at)) as counted_us
    from in_order
    where place <> 'Practice-wide'
    window there as (order by starts_at)
),
trips as (
    select
        timezone(time_zone, came_at)::date as day, from_place, to_place, left_at, came_at,
        (epoch_us(came_at) - epoch_us(left_at) - counted_us) // 1000000 as seconds
    from moves
    where from_place <> to_place
        and epoch_us(came_at) - epoch_us(left_at) <= 10800000000
        and epoch_us(came_at) - epoch_us(left_at) > counted_us
        and timezone(time_zone, came_at)::date = timezone(time_zone, left_at - interval 1 microsecond)::date
        and timezone(time_zone, came_at)::date between $from_day and least($to_day::date, timezone(time_zone, now())::date)
        and ($locations::varchar[] is null or list_has_any($locations::varchar[], [from_place, to_place]))
),
