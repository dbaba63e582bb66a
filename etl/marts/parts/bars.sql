bars as (                                     -- the bars of a trend, with the working days of each that were off
    select
        b.begins,
        b.ends,
        -- all of it lies in the period, in what is loaded and in the past
        b.begins >= greatest($from_day::date, c.covered_from) and b.ends <= least($to_day::date, c.covered_to) and b.ends < c.today as finished,
        days_off_in(b.begins, b.ends, c.off) as days_off
    from coverage as c, (
        select g.begins::date as begins, bar_ends(g.begins::date, $grain) as ends
        from coverage as c, unnest(generate_series(
            bar_of($from_day::date, $grain, c.week_starts)::timestamp, $to_day::timestamp,
            case $grain when 'day' then interval 1 day when 'week' then interval 7 days when 'month' then interval 1 month else interval 3 months end
        )) as g (begins)
    ) as b
),
