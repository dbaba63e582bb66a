-- The practice, what is loaded and how far it reaches. One row.
select
    p.name,
    p.time_zone,
    p.week_starts,
    p.country,                                               -- ISO 3166 code; '' where the practice does not say
    p.leadership_target,                                     -- hours a week; null where none is set
    p.working_hours,
    p.notice,                                                -- which exports to load again, and why; '' where none
    p.practice_text,
    p.practice_path,
    f.is_sample,
    c.today,
    c.first_day,                                             -- first counted local day
    c.last_day,                                              -- last counted local day, not past today
    c.covered_from,                                          -- which days are looked at: free days at the ends of a week are covered
    c.covered_to,
    c.log_first_day,
    c.log_last_day,
    (select max(day) from day_slices where interruption_id is null) as calendar_last_day,    -- last counted local day of an event, past today too
    (select count(*) from sources)::integer as sources,
    (select count(*) from sources where kind = 'calendar')::integer as calendars,
    (select count(*) from sources where kind = 'interruptions')::integer as logs,
    (select coalesce(sum(seconds), 0) / 3600.0 from day_slices where role = 'unclassified' and day <= c.today)::double as unclassified_hours
from practice as p, about_file as f, coverage as c;
