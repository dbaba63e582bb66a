-- Part of a question: what somebody has today, a row for each location it is handed over for.
handed as materialized (
    select lower(trim(h.topic)) as topic, h.uid, h.group_key, h.kind, h.to_role, h.from_day, h.made_at, l.location
    from hand_overs as h
    left join hand_over_locations as p on p.hand_over_id = h.hand_over_id
    join locations as l on l.location = coalesce(p.location, l.location)    -- where none is named it holds everywhere
    where h.ended_on is null
),
