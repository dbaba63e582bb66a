-- Owner Time's one file. Names and columns under "the contract" in README.md are what other programs may rely on.
-- Times are instants (TIMESTAMP WITH TIME ZONE); day, week are those of the practice's time zone.

create table about_file (
    program        varchar not null,  -- always 'owner-time': tells our files from others
    schema_version integer not null,  -- raised with every change of this file
    key_check      varchar not null,  -- a hash made with the key beside the database: tells whether it is still the same key
    is_sample      boolean not null,  -- true for the invented practice: nothing else may be loaded into it
    rewrite_due    boolean not null   -- forgotten text may still lie in unused bytes: the file must be written anew
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
    notice            varchar not null    -- which exports to load again, and why; '' where none
);

create table locations (
    location       varchar primary key,
    location_order integer not null       -- the practice's own order; Practice-wide last
);

create table sources (
    source_id   varchar primary key,      -- kind and name, readable; the order of ties goes by it
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
    read_until  timestamptz not null      -- recurring events are expanded up to here
);

create table load_notes (                 -- what was left out or assumed when a source was read
    source_id varchar not null,
    line      integer,
    note      varchar not null
);

create table occurrences (
    occurrence_id       varchar primary key,
    source_id           varchar not null,
    uid                 varchar not null,      -- keyed hash of the export's UID
    uid_order           integer not null,      -- place of the UID among its export's sorted UIDs: settles ties alike under any key
    original            varchar not null,      -- original start: which instance of a recurring event this is
    starts_at           timestamptz not null,
    ends_at             timestamptz not null,
    all_day             boolean not null,
    floating            boolean not null,      -- the export gave no zone: read in the practice's
    title               varchar,               -- null where dropped (clinical) or absent
    title_location      varchar,               -- the location that a dropped title named
    title_key           varchar not null,      -- keyed hash of the title: a correction by title still finds it
    place_text          varchar,               -- null where dropped
    categories          varchar,               -- joined with ', '; null where dropped
    calendar            varchar not null,
    status              varchar not null,      -- '', 'cancelled', 'declined' or 'free', as the export says
    left_out_because    varchar,               -- why it alone is not counted; null otherwise
    own_location        varchar,               -- what its rule, place, title or calendar say; null where they say nothing
    counted             boolean not null,
    not_counted_because varchar,               -- also: the same event on another calendar
    role                varchar not null,
    activity            varchar not null,
    location            varchar not null,
    decided_by          varchar not null
);

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
    activity        varchar not null
);

create table log_forgotten (              -- rows the owner corrected or deleted: a re-load does not bring them back
    interruption_id varchar primary key
);

create view interruptions as
select distinct on (interruption_id)
    interruption_id, source_id, starts_at, ends_at, about_location, asked_by, topic, team_could, answered_at, note,
    via, role, activity, about_text, floating
from log_rows
order by interruption_id, source_id;

create table time_slices (                -- every counted moment once; filled by transform/slices.sql
    starts_at               timestamptz not null,
    ends_at                 timestamptz not null,
    role                    varchar not null,
    activity                varchar not null,
    location                varchar not null,
    occurrence_id           varchar,      -- the owner of the minute; null where an interruption is
    interruption_id         varchar,
    displaced_role          varchar,      -- what the interruption took the minute from
    displaced_location      varchar,      -- where the owner was
    displaced_occurrence_id varchar
);

create table day_slices (                 -- time_slices cut at local midnight, with their local day and week
    day                     date not null,
    week                    date not null,    -- first day of the practice's week
    seconds                 bigint not null,
    role                    varchar not null,
    activity                varchar not null,
    location                varchar not null,
    occurrence_id           varchar,
    interruption_id         varchar,
    displaced_role          varchar,
    displaced_location      varchar,
    displaced_occurrence_id varchar
);

create table interruption_starts (        -- each interruption once, with where it found the owner; filled by transform/slices.sql
    interruption_id    varchar not null,
    day                date not null,     -- local day of its start
    about_location     varchar not null,
    team_could         boolean,
    topic              varchar,
    displaced_role     varchar,           -- what the owner was doing when it began; null: nothing in the calendar
    displaced_location varchar
);

create view roles as
select * from (values ('leadership', 1), ('management', 2), ('clinical', 3), ('unclassified', 4), ('personal', 5)) as r (role, role_order);

-- The instant of a wall-clock time; of one that comes twice when the clocks go back (by an hour, or half of one at Lord
-- Howe) the first, where DuckDB takes the second: in some zones the clocks go back at midnight.
create macro instant_at(zone, wall) as
    case
        when timezone(zone, timezone(zone, wall) - interval 60 minutes) = wall then timezone(zone, wall) - interval 60 minutes
        when timezone(zone, timezone(zone, wall) - interval 30 minutes) = wall then timezone(zone, wall) - interval 30 minutes
        else timezone(zone, wall)
    end;

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

create macro week_of(a_day, week_starts) as
    (date_trunc('week', a_day + (week_starts = 'sunday')::integer)::date - (week_starts = 'sunday')::integer);

create view coverage as                   -- which days are looked at; one row
with days as (
    select
        p.time_zone,
        p.week_starts,
        timezone(p.time_zone, now())::date as today,
        (select min(day) from day_slices) as first_day,
        least((select max(day) from day_slices), timezone(p.time_zone, now())::date) as last_day
    from practice as p
)
select
    time_zone,
    week_starts,
    today,
    first_day,                            -- first counted day
    last_day,                             -- last counted day, not past today
    -- A week whose first or last three days are free is a whole week all the same: who works from Monday to Thursday
    -- has weeks of seven days.
    case when first_day - week_of(first_day, week_starts) <= 3 then week_of(first_day, week_starts) else first_day end as covered_from,
    case when week_of(last_day, week_starts) + 6 - last_day <= 3 then least(week_of(last_day, week_starts) + 6, today) else last_day end as covered_to,
    (select min(timezone(time_zone, starts_at)::date) from interruptions) as log_first_day,
    (select max(timezone(time_zone, starts_at)::date) from interruptions) as log_last_day
from days;

-- How many weeks a period has for "a week" figures: only days that are covered, and never fewer than one week,
-- so that three days are not scaled up to a week.
create macro weeks_in(from_day, to_day) as
    (select greatest(date_diff('day', greatest(from_day, covered_from), least(to_day, covered_to)) + 1, 7) / 7.0 from coverage);
