-- Part of a question: `pieces`, the rows of the table pull_pieces of these days and locations, up to today.
-- Needs the parameters from_day, to_day, locations.
pieces as (
    select *, (isodow(day) - 1)::integer as weekday
    from pull_pieces
    where day between $from_day and (select least($to_day::date, timezone(time_zone, now())::date) from practice)
        and ($locations::varchar[] is null or list_contains($locations::varchar[], about))
),
