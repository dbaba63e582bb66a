-- Part of a question: what somebody has today, a row for each location it is handed over for.
handed as (
    select lower(trim(h.topic)) as topic, h.uid, h.group_key, h.kind, h.to_role, h.from_day, h.made_at, l.location
    from hand_overs as h
    join locations as l
        on l.location in (select p.location from hand_over_locations as p where p.hand_over_id = h.hand_over_id)
        or h.hand_over_id not in (select hand_over_id from hand_over_locations)
    where h.ended_on is null
),
