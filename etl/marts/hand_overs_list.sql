-- What is handed over, to whom, from when? The latest first.
with titles as (  -- a series' or a group's own title, where it is kept
    select h.hand_over_id, mode(f.title) as title
    from hand_overs as h
    join dated as d on d.uid = h.uid
    join filings as f using (filing_id)
    group by h.hand_over_id
    union all
    select h.hand_over_id, mode(f.title)
    from hand_overs as h join filings as f on f.group_key = h.group_key
    group by h.hand_over_id
)
select
    h.hand_over_id,
    h.kind,                                                                   -- 'hand-over' or 'written answer'
    case when h.topic is not null then 'topic' when h.uid is not null then 'series' else 'group' end as of,
    coalesce(h.topic, t.title, '(title not kept)') as label,                  -- the owner's words, or a title: a stranger's
    h.topic,
    h.uid,
    h.group_key,
    h.to_role,
    h.from_day,
    h.good,
    h.decides,
    h.comes_when,
    h.ended_on,                                                               -- null while it holds
    coalesce((
        select string_agg(p.location, chr(31) order by p.location) from hand_over_locations as p where p.hand_over_id = h.hand_over_id
    ), '') as locations,                                                      -- apart by the sign 31; '' for all
    coalesce((
        select string_agg(p.location, chr(31) order by p.location)
        from hand_over_locations as p
        where p.hand_over_id = h.hand_over_id and p.location not in (select location from locations)
    ), '') as unknown_locations                                               -- of these, what is no location of the practice any more
from hand_overs as h left join titles as t using (hand_over_id)
order by h.from_day desc, h.made_at desc, h.hand_over_id;
