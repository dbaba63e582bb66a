-- How well does each location run without the owner? Parameters: from_day, to_day, locations (null: all).
-- Only open days that are over and were logged count. A run of open hours ends at an interruption about the location that begins in its
-- open hours, and before an open day that was not logged; it begins again where the interruption ends.
with
days as (    -- those that are over; logged open days in a row are a streak; of locations that stand for others
    select * from open_days where day <= least($to_day::date, today_here() - 1)
),
stretches as (
    select * from open_stretches where day <= least($to_day::date, today_here() - 1)
),
alike as (
    select * from open_alike where $locations::varchar[] is null or list_contains($locations::varchar[], location)
),
began as (
    select about_location as location, day, epoch_us(starts_at) as starts_us, epoch_us(ends_at) as ends_us from interruption_starts
),
kept as (
    select location, day, open_us, open_before, streak from days where logged
),
streaks as (
    select location, streak, min(open_before) as starts_open, max(open_before + open_us) as ends_open from kept group by location, streak
),
inside as (    -- those that began in open hours, with what leads from an instant to its place among the open hours
    select b.location, a.as_one, b.day, b.starts_us, b.ends_us, s.to_us, s.before_us - s.from_us as shift_us
    from began as b join alike as a on a.location = b.location join stretches as s on s.location = a.as_one and s.day = b.day
    where b.starts_us >= s.from_us and b.starts_us < s.to_us
),
hits as (
    select i.*, k.streak, k.open_before + i.starts_us + i.shift_us as starts_open, k.open_before + least(i.ends_us, i.to_us) + i.shift_us as ends_open
    from inside as i join kept as k on k.location = i.as_one and k.day = i.day
),
marks as (
    select location, as_one, streak, 0 as is_end, starts_open, ends_open from hits
    union all    -- one that runs on into a later stretch
    select h.location, h.as_one, h.streak, 0, h.starts_open, k.open_before + least(h.ends_us, s.to_us) + s.before_us - s.from_us
    from (select *, unnest([day, day + 1]) as on_day from hits where ends_us > to_us) as h
    join stretches as s on s.location = h.as_one and s.day = h.on_day
    join kept as k on k.location = h.as_one and k.day = h.on_day
    where s.from_us < h.ends_us
    union all
    select a.location, a.as_one, s.streak, 1, s.ends_open, 0 from streaks as s join alike as a on a.as_one = s.location
),
runs as (
    select
        m.location,
        m.as_one,
        m.starts_open as run_ends,
        greatest(s.starts_open, coalesce(max(m.ends_open) over (
            partition by m.location order by m.streak, m.is_end, m.starts_open rows between unbounded preceding and 1 preceding
        ), 0)) as run_starts
    from marks as m join streaks as s on s.location = m.as_one and s.streak = m.streak
),
periods as (
    select
        location,
        count(*) filter (where day >= $from_day) as open_days,
        count(*) filter (where day >= $from_day and logged) as logged_days,
        count(*) filter (where logged) as logged_days_ever
    from days
    group by location
),
asked as (
    select b.location, count(*) as days
    from (select distinct location, day from began where day >= $from_day) as b
    join alike as a on a.location = b.location
    join kept as k on k.location = a.as_one and k.day = b.day
    group by b.location
),
firsts as (
    select location, min(open_before) as starts_open from kept where day >= $from_day group by location
),
longest as (
    select
        r.location,
        max(greatest(r.run_ends - r.run_starts, 0)) as best,
        max(greatest(r.run_ends - greatest(r.run_starts, f.starts_open), 0)) as in_period
    from runs as r left join firsts as f on f.location = r.as_one
    group by r.location
)
select
    l.location,
    l.location_order::integer as location_order,
    coalesce(w.given, false) as given,                                         -- false: by the practice's working hours
    coalesce(p.open_days, 0)::integer as open_days,                            -- of the period, up to yesterday
    coalesce(p.logged_days, 0)::integer as logged_days,                        -- of these
    (coalesce(p.logged_days, 0) - coalesce(a.days, 0))::integer as free_days,  -- of these, without an interruption about the location
    ((p.logged_days - coalesce(a.days, 0)) / nullif(p.logged_days, 0))::double as free_share,  -- null where none was logged
    case when p.logged_days > 0 then (g.in_period / 3600e6)::double end as longest_hours,      -- longest run of open hours in the period
    (g.best / 3600e6)::double as best_hours,                                   -- of the whole log up to the period's end
    coalesce(p.logged_days_ever, 0)::integer as logged_days_ever
from locations as l
left join alike as w on w.location = l.location
left join periods as p on p.location = w.as_one
left join longest as g on g.location = l.location
left join asked as a on a.location = l.location
where l.location <> 'Practice-wide' and ($locations::varchar[] is null or list_contains($locations::varchar[], l.location))
order by l.location_order;
