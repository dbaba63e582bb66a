-- Part of a question: `named`, the rows of `pieces` (occurrence_id, interruption_id, role, activity, location, seconds) with what the
-- event or the interruption of each is. Stands last, after pieces; of an interruption also topic and team_could, as in the log.
named as (
    select
        p.*, i.topic, i.team_could,
        coalesce(o.starts_at, i.starts_at) as starts_at,
        coalesce(o.ends_at, i.ends_at) as ends_at,
        case when i.interruption_id is null then w.title else i.topic end as title,
        case when i.interruption_id is null then w.calendar else s.name end as calendar,
        case when i.interruption_id is null then w.place_text else i.about_text end as place_text
    from pieces as p
    left join dated as o on o.occurrence_id = p.occurrence_id
    left join filings as w on w.filing_id = o.filing_id
    left join interruptions as i on i.interruption_id = p.interruption_id
    left join sources as s on s.source_id = i.source_id
)
