-- Owner Time's one file. Names and columns under "the contract" in README.md are what other programs may rely on.
-- Times are instants (TIMESTAMP WITH TIME ZONE); day, week are those of the practice's time zone.

create table about_file (
    program        varchar not null,  -- always 'owner-time': tells our files from others
    schema_version integer not null,  -- raised with every change of this file
    key_check      varchar not null,  -- a hash made with the key beside the database: tells whether it is still the same key
    is_sample      boolean not null,  -- true for the invented practice: nothing else may be loaded into it
    rewrite_due    boolean not null,  -- forgotten text may still lie in unused bytes: the file must be written anew
    writes         integer not null default 0  -- how often it was written: tells whether a write is in it
);

create table practice (               -- one row: what the last load or the settings page was given
    name              varchar not null,
    time_zone         varchar not null,   -- IANA name
    week_starts       varchar not null,   -- 'monday' or 'sunday'
    leadership_target double,             -- hours a week
    working_hours     varchar not null,
    keep_clinical_titles boolean not null,
    practice_text     varchar not null,   -- practice.toml as it was read
    practice_path     varchar not null,   -- where it was read from, '' where there was no file
    words_mark        varchar not null,   -- hash of the built-in word list that was filed by
    notice            varchar not null,   -- which exports to load again, and why; '' where none
    country           varchar not null default '' -- ISO 3166 code of two letters; '' where the practice does not say
);

create table locations (
    location       varchar not null,
    location_order integer not null,      -- the practice's own order; Practice-wide last
    team           integer                -- how many work there; null where the practice does not say
);

create table working_hours (              -- of the practice, on the local clock
    weekday     tinyint not null,         -- 0 is Monday
    from_minute integer not null,         -- since local midnight
    to_minute   integer not null          -- exclusive
);

create table open_hours (                 -- of each location; the working hours where it says none
    location    varchar not null,
    weekday     tinyint not null,
    from_minute integer not null,
    to_minute   integer not null,
    given       boolean not null          -- the practice says so; false: these are the working hours
);

create table listed_days_off (            -- the practice's own list
    from_day date not null,
    to_day   date not null                -- inclusive
);

create table days_off (                   -- each day off once; filled by transform/days_off.sql
    day   date not null,
    works boolean not null,               -- the practice works on this weekday: only then is the week shorter for it
    why   varchar not null                -- 'in your list', 'personal', 'says so' or 'out of office': an all-day event
);

create table sources (                -- as the newest export of each says it
    source_id   varchar not null,         -- kind and name, readable
    kind        varchar not null,         -- 'calendar' or 'interruptions'
    name        varchar not null,
    file_name   varchar not null,         -- base name
    loaded_at   timestamptz not null,
    covers_from timestamptz,              -- start of the first row
    covers_to   timestamptz,              -- end of the last row
    time_zone   varchar,                  -- as the export says
    content_key varchar not null,         -- keyed hash of the file's bytes: "nothing new"
    read_zone   varchar not null,         -- practice zone its floating times were read in, '' where it has none
    read_owners varchar not null,         -- keyed hash of the owner's addresses it was read with
    read_rules  varchar not null,         -- hash of the rules its dropped titles were filed by
    read_until  timestamptz not null,     -- recurring events are expanded up to here
    read_pulls  varchar not null default '' -- hash of what made events of it interruptions when it was read
);

create table exports (                    -- every export of a calendar that was loaded: an older one may come after a newer
    export_id   integer not null,
    source_id   varchar not null,
    content_key varchar not null,
    exported_at timestamptz,              -- its own age; null where it does not say: then it is as old as its load
    from_at     timestamptz,              -- what it covers: the days of its events that do not recur; null: none
    to_at       timestamptz               -- exclusive
);

create table gone (                       -- events that an export had and that are not stored any more
    source_id   varchar not null,
    uid         bigint not null,
    exported_at timestamptz not null      -- the newest export that had it: no older one brings it back
);

create table load_notes (                 -- what was left out or assumed when a source was read
    source_id varchar not null,
    line      integer,
    note      varchar not null
);

create table filings (                    -- each distinct event text once, and how it is filed; the only place of titles
    filing_id      integer not null,
    title          varchar,               -- null where dropped (clinical) or absent
    title_key      varchar not null,      -- keyed hash of the title
    group_key      varchar not null default '', -- keyed hash of what titles that mean the same share: a correction by title still
                                          -- finds one that was dropped; '' where an older version dropped it
    title_location varchar,               -- the location that a dropped title named
    place_text     varchar,               -- null where dropped
    categories     varchar,               -- joined with ', '; null where dropped
    calendar       varchar not null,
    all_day        boolean not null,
    role           varchar not null,
    activity       varchar not null,
    decided_by     varchar not null,
    own_location   varchar,               -- what its rule, place, title or calendar say; null where they say nothing
    location_by    varchar not null default '', -- which of them: 'rule 3', 'place', 'title', 'calendar', 'calendar name'; '' where none
    correction_id  integer,               -- the owner's word on these events; null where there is none
    since          timestamptz not null default now() -- when the text was first stored
);

create table corrections (                -- the owner's word on one event or one series; that on titles is in practice.toml
    correction_id  integer not null,
    uid            bigint not null,       -- keyed hash of the export's UID
    original       bigint,                -- original start, as in dated; null: every instance of the series
    original_clock tinyint,
    role           varchar not null,
    activity       varchar not null,
    location       varchar,               -- null: as it is
    made_at        timestamptz not null default now()
);

create table forgotten_titles (           -- titles the owner had forgotten while they waited: no load brings their text back
    group_key varchar not null
);

create table forgotten_before (           -- at most one row: what ended before it is not stored
    before_at timestamptz not null
);

create table dated (                      -- occurrences as their exports have them, in numbers
    occurrence_id  bigint not null,       -- hash of source, uid and original start
    source_id      varchar not null,
    export_id      integer not null,      -- the newest export that has it
    uid            bigint not null,       -- keyed hash of the export's UID
    uid_order      integer not null,      -- place of the UID among its export's sorted UIDs: settles ties alike under any key
    original       bigint not null,       -- original start, which tells the instances of an event apart: seconds since 1970
    original_clock tinyint not null,      -- of what: 0 of UTC, 1 of the practice's wall clock, 2 of a day's midnight
    starts_at      timestamptz not null,
    ends_at        timestamptz not null,
    clock          tinyint not null,      -- what the export gave: 0 instants, 1 times without a zone, 2 days
    filing_id      integer not null,
    status         tinyint not null,      -- 0, 1 cancelled, 2 declined, 3 free, 4 out of office, as the export says
    left_out       tinyint not null       -- why it alone is not counted: a number of left_out_because(); 0 otherwise
);

create macro left_out_because(number) as  -- in the order of LEFT_OUT in transform/rows.py
    (['all-day', 'cancelled', 'declined', 'free', 'no length', 'longer than 31 days'])[number];

create table settled (                    -- what only all of them together can tell; filled by transform/copies.sql and markers.sql
    occurrence_id bigint not null,
    is_copy       boolean not null,       -- counted on another calendar
    location      varchar                 -- where an all-day event says the owner was
);

-- The instant of a wall-clock time; of one that comes twice when the clocks go back (by an hour, or half of one at Lord
-- Howe) the first, where DuckDB takes the second: in some zones the clocks go back at midnight.
create macro instant_at(zone, wall) as
    case
        when timezone(zone, timezone(zone, wall) - interval 60 minutes) = wall then timezone(zone, wall) - interval 60 minutes
        when timezone(zone, timezone(zone, wall) - interval 30 minutes) = wall then timezone(zone, wall) - interval 30 minutes
        else timezone(zone, wall)
    end;

-- The original start as an instant: two programs may write the same one in two ways.
create macro original_at(zone, original, clock) as
    case when clock = 0 then make_timestamptz(original * 1000000) else instant_at(zone, make_timestamp(original * 1000000)) end;

create view occurrences as
select
    d.occurrence_id,
    d.source_id,
    lower(lpad(hex(d.uid), 16, '0')) as uid,                       -- keyed hash of the export's UID
    d.uid_order,
    original_at(p.time_zone, d.original, d.original_clock) as original,
    d.starts_at,
    d.ends_at,
    f.all_day,
    d.clock = 1 as floating,                                       -- the export gave no zone: read in the practice's
    f.title,
    f.title_location,
    f.title_key,
    f.group_key,
    f.place_text,
    f.categories,
    f.calendar,
    (['', 'cancelled', 'declined', 'free', 'out of office'])[d.status + 1] as status,
    left_out_because(d.left_out) as left_out_because,
    f.own_location,
    d.left_out = 0 and not coalesce(s.is_copy, false) as counted,
    coalesce(left_out_because(d.left_out), case when s.is_copy then 'on another calendar' end) as not_counted_because,
    f.role,
    f.activity,
    coalesce(f.own_location, s.location, 'Practice-wide') as location,
    f.decided_by,
    case when f.own_location is not null then f.location_by when s.location is not null then 'all-day event' else 'nothing' end as location_by,
    f.correction_id
from dated as d
join filings as f using (filing_id)
left join settled as s using (occurrence_id)
cross join practice as p;

create table log_rows (                   -- interruptions as each log has them; one may stand in two logs
    interruption_id varchar not null,     -- keyed hash of the row
    source_id       varchar not null,
    starts_at       timestamptz not null,
    ends_at         timestamptz not null,
    floating        boolean not null,
    about_text      varchar,              -- the location as written
    about_location  varchar not null,     -- the practice's location, or Practice-wide
    asked_by        varchar,
    topic           varchar,
    team_could      boolean,              -- null: not known
    answered_at     timestamptz,
    via             varchar,
    note            varchar,
    role            varchar not null,
    activity        varchar not null,
    estimated       boolean not null default false, -- when or how long is a guess: a stroke of a tally
    uid             bigint,               -- of an event of a calendar, as in dated; null elsewhere
    occurrence_id   bigint,               -- the id it would have in dated
    export_id       integer,              -- the newest export that has it
    place_dropped   boolean not null default false, -- the event's place named no location, and was not kept
    origins         varchar[]             -- the logs of the rows that the owner's correction stands for; null: it is none
);

create table log_held (                   -- rows that look like one of another log: not counted until the owner has answered
    interruption_id varchar not null,
    twin_id         varchar not null,     -- the one that is counted
    settled         boolean not null      -- the owner called them the same; false: waits for an answer
);

create table log_verdicts (               -- the owner's answers
    interruption_id varchar not null,
    twin_id         varchar not null,
    same            boolean not null      -- true: one pull, written down twice
);

create table stopwatch (                  -- at most one row: it runs
    started_at timestamptz not null
);

create table hand_overs (                 -- what somebody else takes from a day on; exactly one of topic, uid and group_key
    hand_over_id varchar not null,
    kind         varchar not null,        -- 'hand-over', or 'written answer'
    topic        varchar,                 -- of interruptions, in any case
    uid          bigint,                  -- a series: as in dated
    group_key    varchar,                 -- events whose titles mean the same: as in filings, where their titles are looked up
    to_role      varchar not null,        -- who takes it: a role of the team
    from_day     date not null,
    good         varchar not null,        -- what good looks like, or the written answer
    decides      varchar not null,        -- which decisions are theirs
    comes_when   varchar not null,        -- when they come to the owner
    made_at      timestamptz not null,
    ended_on     date                     -- taken back from this day on
);

create table hand_over_locations (        -- where it holds; none: everywhere
    hand_over_id varchar not null,
    location     varchar not null
);

create table planned_blocks (             -- leadership time that was put into the calendar's file
    block_id  varchar not null,
    uid       bigint not null,            -- keyed hash of its UID: tells it in the next export
    starts_at timestamptz not null,
    ends_at   timestamptz not null,
    made_at   timestamptz not null
);

create table log_forgotten (              -- rows the owner corrected or deleted: a re-load does not bring them back
    interruption_id varchar primary key
);

create view log_once as                   -- each interruption once: as the newest of the logs that have it says it
with several as (select interruption_id from log_rows group by interruption_id having count(*) > 1)
select * from log_rows where interruption_id not in (from several)
union all
select * from (
    select distinct on (interruption_id) l.*
    from log_rows as l join sources as s using (source_id) left join exports as e using (export_id)
    where interruption_id in (from several)
    order by interruption_id, coalesce(e.exported_at, s.loaded_at) desc, l.source_id
);

create view interruptions as
select
    interruption_id, source_id, starts_at, ends_at, about_location, asked_by, topic, team_could, answered_at, note,
    via, role, activity, about_text, floating, estimated
from log_once
where interruption_id not in (select interruption_id from log_held);

create view interruptions_held as        -- not counted, and taken along all the same
select
    h.twin_id, r.interruption_id, r.source_id, r.starts_at, r.ends_at, r.about_location, r.asked_by, r.topic, r.team_could,
    r.answered_at, r.note, r.via, r.role, r.estimated
from log_held as h join log_once as r using (interruption_id);

create table time_slices (                -- every counted moment once; filled by transform/slices.py
    starts_at               timestamptz not null,
    ends_at                 timestamptz not null,
    role                    varchar not null,
    activity                varchar not null,
    location                varchar not null,
    occurrence_id           bigint ,      -- the owner of the minute; null where an interruption is
    interruption_id         varchar,
    displaced_role          varchar,      -- what the interruption took the minute from
    displaced_location      varchar,      -- where the owner was
    displaced_occurrence_id bigint
);

create table day_slices (                 -- time_slices cut at local midnight, with their local day and week
    day                     date not null,
    week                    date not null,    -- first day of the practice's week
    starts_at               timestamptz not null,
    ends_at                 timestamptz not null,
    starts_minute           double not null,  -- on the local clock, since midnight
    ends_minute             double not null,  -- 1440 where it runs until midnight
    seconds                 bigint not null,
    role                    varchar not null,
    activity                varchar not null,
    location                varchar not null,
    occurrence_id           bigint ,
    interruption_id         varchar,
    displaced_role          varchar,
    displaced_location      varchar,
    displaced_occurrence_id bigint
);

create table interruption_starts (        -- each interruption once, with where it found the owner; filled by transform/slices.py
    interruption_id    varchar not null,
    day                date not null,     -- local day of its start
    minute             integer not null,  -- of its start on the local clock, since midnight
    starts_at          timestamptz not null,
    ends_at            timestamptz not null,
    about_location     varchar not null,
    team_could         boolean,
    topic              varchar,
    role               varchar not null,
    activity           varchar not null,
    answered_at        timestamptz,
    estimated          boolean not null,
    source_id          varchar not null,
    displaced_role     varchar,           -- what the owner was doing when it began; null: nothing in the calendar
    displaced_location varchar
);

create table pull_pieces (                -- interruptions cut at the hours of the clock and at the edges of the working hours, and their
    day                date not null,     -- beginnings; local. Filled by transform/pull_pieces.sql
    hour               tinyint not null,  -- of the local clock
    seconds            bigint not null,   -- of a piece; 0 of a beginning
    pulls              tinyint not null,  -- 1 of a beginning; 0 of a piece
    interruption_id    varchar not null,
    role               varchar not null,
    activity           varchar not null,
    about              varchar not null,  -- the location
    displaced_role     varchar,
    displaced_location varchar,
    taken_from         varchar not null   -- a role of the calendar, else 'free working time' or 'after hours'
);

create table open_alike (                 -- of locations with the same open hours one stands for all; filled by transform/open_days.sql
    location varchar not null,
    as_one   varchar not null,            -- the one that stands for it
    given    boolean not null             -- the practice gives its hours
);

create table open_stretches (             -- a stretch of open hours a row, of those that stand for all, from the first day of the log on
    location  varchar not null,
    day       date not null,
    from_us   bigint not null,            -- microseconds since 1970
    to_us     bigint not null,
    before_us bigint not null             -- how long it was open earlier that day
);

create table open_days (                  -- the same, a row a day
    location    varchar not null,
    day         date not null,
    open_us     bigint not null,          -- how long it is open
    logged      boolean not null,         -- the log has an entry
    open_before bigint not null,          -- how long it was open on the logged days before
    streak      bigint not null           -- how many days up to it were not logged: those of a row of logged days have one number
);

create table covered_days (               -- one row, of which `coverage` makes the days that are looked at; filled by transform/covered_days.sql
    time_zone     varchar not null,       -- as in practice
    week_starts   varchar not null,
    first_day     date,                   -- first counted day; null: none
    last_counted  date,                   -- last counted day, perhaps past today
    -- A week whose first or last three days are free is a whole week all the same: who works from Monday to Thursday
    -- has weeks of seven days.
    covered_from  date,
    log_first_day date,                   -- first day with an entry in the log
    log_last_day  date,
    days_a_week   integer not null,       -- that the practice works
    off           date[] not null         -- days off on which it works
);

create table last_load (                  -- the files of the last load, which can be undone; what was there before is in before_load
    file_name varchar not null,
    loaded_at timestamptz not null
);

create table last_load_sources (          -- what it changed
    source_id varchar not null
);

create view left_out_steps as             -- why an occurrence is not counted, as the steps of a waterfall
select * from (values
    (2, 'All-day', 'all-day'), (3, 'Cancelled', 'cancelled'), (4, 'Declined', 'declined'), (5, 'Marked free', 'free'),
    (6, 'Longer than 31 days', 'longer than 31 days'), (7, 'No length', 'no length'), (8, 'On two calendars', 'on another calendar')
) as r (step_order, step, reason);

create view roles as
select * from (values ('leadership', 1), ('management', 2), ('clinical', 3), ('unclassified', 4), ('personal', 5)) as r (role, role_order);

-- Where an interruption found the owner, in words, in their order on a page, and as a kind.
create macro found_at(role, location) as
    case
        when role is null then 'nothing in the calendar'
        when role = 'clinical' and location = 'Practice-wide' then 'with patients'
        when role = 'clinical' then 'with patients at ' || location
        when location = 'Practice-wide' then 'Practice-wide work'
        else 'at ' || location
    end;

create macro found_kind(role, location, about) as
    case
        when role is null then 'nothing'
        when role = 'clinical' then 'patients'
        when location = 'Practice-wide' then 'practice-wide'
        when location = about then 'here'
        else 'elsewhere'
    end;

-- The local day it is now.
create macro today_here() as (select timezone(time_zone, now())::date from practice);

create macro week_of(a_day, week_starts) as
    (date_trunc('week', a_day + (week_starts = 'sunday')::integer)::date - (week_starts = 'sunday')::integer);

create view coverage as                   -- which days are looked at; one row
select
    time_zone,
    week_starts,
    timezone(time_zone, now())::date as today,
    first_day,                            -- first counted day
    least(last_counted, today) as last_day,
    covered_from,
    case when week_of(last_day, week_starts) + 6 - last_day <= 3 then least(week_of(last_day, week_starts) + 6, today) else last_day end as covered_to,
    log_first_day,
    log_last_day,
    days_a_week,
    off
from covered_days;

-- How many of these days were off and working days of the practice.
create macro days_off_in(from_day, to_day, off) as
    len(list_filter(off, lambda each: each between from_day and to_day));

-- How many weeks a period has: only days that are covered, and of those a seventh of a week each; a day off that is a working day
-- takes its part of a working week away, a fifth where the practice works five days a week. Perhaps less than one, perhaps
-- less than nothing.
create macro bare_weeks(from_on, to_on, off, days_a_week) as
    (date_diff('day', from_on, to_on) + 1) / 7.0 - days_off_in(from_on, to_on, off) / days_a_week;

create macro bare_weeks_in(from_day, to_day) as (
    select bare_weeks(c.from_on, c.to_on, c.off, c.days_a_week)
    from (
        select greatest(from_day, covered_from) as from_on, least(to_day, covered_to) as to_on, off, days_a_week
        from coverage
        where covered_from is not null
    ) as c
);

-- The same for "a week" figures, and never fewer than one week, so that three days are not scaled up to a week.
create macro at_least_a_week(weeks) as greatest(weeks, 1.0);
create macro weeks_in(from_day, to_day) as at_least_a_week(bare_weeks_in(from_day, to_day));

-- How much of a week's target holds: less than all of it where days off leave less than a week.
create macro share_of_target(weeks, days_off) as case when days_off = 0 then 1 else least(greatest(weeks, 0), 1) end;

-- The bar of a trend that a day is in, by its first day, and the last day of a bar; grain is 'day', 'week', 'month' or 'quarter'.
create macro bar_of(a_day, grain, week_starts) as
    case grain when 'day' then a_day when 'week' then week_of(a_day, week_starts) else date_trunc(grain, a_day)::date end;

create macro bar_ends(begins, grain) as
    case grain
        when 'day' then begins
        when 'week' then begins + 6
        when 'month' then last_day(begins)
        else last_day((begins + interval 2 months)::date)
    end;

create view hand_over_pieces as           -- the time that a hand-over is about, piece by piece, up to today
with held as (
    select h.*, lower(trim(h.topic)) as about_topic, (select list(location) from hand_over_locations as l where l.hand_over_id = h.hand_over_id) as places
    from hand_overs as h
),
series as (                               -- the events of a series, and those whose titles mean the same
    select h.hand_over_id, h.places, o.occurrence_id, o.filing_id, o.starts_at, o.left_out
    from held as h join dated as o on o.uid = h.uid
    union all
    select h.hand_over_id, h.places, o.occurrence_id, o.filing_id, o.starts_at, o.left_out
    from held as h
    join filings as f on f.group_key = h.group_key
    join dated as o on o.filing_id = f.filing_id
),
pieces as (
    select h.hand_over_id, h.places, i.interruption_id as piece, d.day, d.location, d.seconds, 0 as began
    from held as h
    join interruption_starts as i on lower(trim(i.topic)) = h.about_topic
    join day_slices as d on d.interruption_id = i.interruption_id
    union all
    select h.hand_over_id, h.places, s.interruption_id, s.day, s.about_location, 0, 1
    from held as h
    join interruption_starts as s on lower(trim(s.topic)) = h.about_topic
    union all
    select e.hand_over_id, e.places, e.occurrence_id::varchar, d.day, d.location, d.seconds, 0
    from series as e
    join day_slices as d on d.occurrence_id = e.occurrence_id
    union all
    select
        e.hand_over_id, e.places, e.occurrence_id::varchar,
        timezone(p.time_zone, e.starts_at)::date, coalesce(f.own_location, s.location, 'Practice-wide'), 0, 1
    from series as e
    join filings as f using (filing_id)
    left join settled as s on s.occurrence_id = e.occurrence_id
    cross join practice as p
    where e.left_out = 0 and not coalesce(s.is_copy, false)
)
select
    p.hand_over_id, p.day, p.location, p.seconds,
    p.began,                              -- 1 where an interruption or an event begins
    -- it counts in the sum of all hand-overs: no earlier one that holds has it too, as where a series is of a group
    h.ended_on is null and p.hand_over_id = first_value(p.hand_over_id) over (
        partition by p.piece, p.day, p.location order by h.ended_on is not null, h.from_day, p.hand_over_id
    ) as counts
from pieces as p
join hand_overs as h using (hand_over_id)
where (p.places is null or list_contains(p.places, p.location)) and p.day <= (select today from coverage);

create macro is_a_birthday(title) as     -- personal, and no day off
    coalesce(regexp_matches(title, '\b(birthday|anniversary)', 'i'), false);

create macro says_day_off(title) as      -- whether an all-day event says by its title alone that the owner is away
    coalesce(lower(trim(title)) in (
        'vacation', 'my vacation', 'summer vacation', 'holiday', 'holidays', 'annual leave', 'leave', 'on leave', 'sick leave', 'parental leave',
        'day off', 'days off', 'sick day', 'out of office', 'ooo', 'pto', 'time off', 'bank holiday', 'public holiday', 'stat holiday'
    ), false);

create view hand_over_weeks as            -- the weeks of 7 days from the day of each hand-over on, and the four before it
with worked as (                          -- as in the mart log_days, without the days off
    select day from interruption_starts
    union
    select day from day_slices
    where interruption_id is null and role <> 'personal' and isodow(day) - 1 in (select weekday from working_hours)
    except
    select day from days_off
),
known as (                                -- the day of the export up to which the events of a hand-over are confirmed
    select e.hand_over_id, timezone(c.time_zone, min(coalesce(x.exported_at, s.loaded_at)))::date as until
    from (
        select distinct h.hand_over_id, o.source_id
        from hand_overs as h
        join dated as o on o.ends_at > h.from_day - interval 28 days
            and (o.uid = h.uid or h.group_key is not null and o.filing_id in (select f.filing_id from filings as f where f.group_key = h.group_key))
    ) as e
    join sources as s using (source_id)
    left join (select source_id, max(exported_at) as exported_at from exports group by source_id) as x using (source_id)
    cross join coverage as c
    group by e.hand_over_id, c.time_zone
),
weeks as (
    select
        h.hand_over_id, h.topic is not null as of_log, g.number::integer as number,
        (h.from_day + 7 * g.number::integer)::date as begins, (h.from_day + 7 * g.number::integer + 6)::date as ends
    from hand_overs as h, coverage as c,
        generate_series(-4, greatest(least(                                       -- those that have begun, and were over when it ended
            floor((c.today - h.from_day) / 7), coalesce(floor((h.ended_on - h.from_day) / 7) - 1, 99999)
        ), -1)::bigint) as g (number)
),
counted as (
    select
        w.*,
        w.ends >= c.today as not_over,
        w.begins < c.covered_from or w.ends > c.covered_to or coalesce(w.ends > k.until, false) as not_loaded,
        (select count(*) from worked as k where k.day between w.begins and w.ends) as days_worked
    from weeks as w cross join coverage as c left join known as k using (hand_over_id)
),
looked as (
    select
        w.*,
        case
            when not_over then 'not over'
            when not_loaded then 'not loaded'
            -- fewer than half of the days that are usual in the weeks of this hand-over that have any
            when 2 * days_worked < coalesce(
                median(days_worked) filter (where days_worked > 0 and not not_over and not not_loaded) over (partition by hand_over_id), 1
            ) then 'holiday'
            when w.of_log and (select count(distinct s.day) from interruption_starts as s where s.day between w.begins and w.ends) < 2
                then 'not logged'
        end as left_out
    from counted as w
)
select
    hand_over_id, number, begins, ends,
    left_out,                             -- why it is not compared; null: it is
    case
        when left_out is not null then null
        when number < 0 then 'before'
        when count(*) filter (where left_out is null and number >= 0)
            over (partition by hand_over_id order by number desc rows between unbounded preceding and current row) <= 4 then 'after'
    end as side                           -- the weeks before, and of those after the latest four
from looked;
