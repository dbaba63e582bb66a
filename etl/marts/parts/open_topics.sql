-- Part of a question: what the owner is asked that nobody else has yet. `open_topics` has a row a topic of interruptions that were
-- management, with all but what was marked as the owner's; where somebody has a topic already, it is left out. `spellings` as the log has
-- them; `abouts` are the locations that are left, null where nobody has it anywhere; `said`: it is one of the four with the most hours among
-- those that were marked, once at least, as what the team could carry. Needs the part handed, `topic_pieces` and the parameter locations.
asked_topics as (    -- first few rows of many, then what each is
    select
        *,
        coalesce(lower(trim(topic)), '') as key,
        coalesce((lower(trim(topic)), about) in (select (h.topic, h.location) from handed as h where h.topic is not null), false) as handed
    from (
        select topic, team_could, about, max(day) as day, sum(pulls) as pulls, sum(seconds) as seconds
        from topic_pieces
        where coalesce(team_could, true) and ($locations::varchar[] is null or list_contains($locations::varchar[], about))
        group by topic, team_could, about
    )
),
summed_topics as (
    select
        key,
        coalesce(arg_max(trim(topic), day::varchar || trim(topic)) filter (where not handed), '(no topic)') as topic,
        list_sort(list_distinct(list(coalesce(topic, '(no topic)')) filter (where not handed))) as spellings,
        case when bool_or(handed) then list_sort(list_distinct(list(about) filter (where not handed))) end as abouts,
        coalesce(sum(pulls) filter (where not handed), 0) as pulls,
        coalesce(len(list_distinct(list(about) filter (where not handed and about <> 'Practice-wide'))), 0) as locations,
        coalesce(sum(seconds) filter (where not handed and team_could), 0) as low,
        coalesce(sum(seconds) filter (where not handed), 0) as high
    from asked_topics
    group by key
    having not bool_and(handed)
),
open_topics as (
    select
        *,
        key <> '' and low > 0 and row_number() over (partition by key <> '' and low > 0 order by high desc, topic) <= 4 as said
    from summed_topics
),
