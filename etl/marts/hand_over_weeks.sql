-- How many hours and interruptions of what was handed over were the owner's, week by week? Four weeks before the hand-over and all
-- that have begun since; of one that ended, those that were over by then.
select
    w.hand_over_id,
    w.number,                                                                                    -- 0 is the first week after it
    w.begins,                                                                                    -- first day
    w.ends,                                                                                      -- last day
    w.left_out,                                                                                  -- 'not over', 'not loaded', 'holiday' or 'not logged'; null where it is compared
    w.side,                                                                                      -- 'before', 'after' (the latest four); null: drawn only
    (coalesce(sum(p.seconds), 0) / 3600.0)::double as hours,
    (coalesce(sum(p.seconds) filter (where p.counts), 0) / 3600.0)::double as counted_hours,     -- of these, what counts in the sum of all hand-overs
    coalesce(sum(p.began), 0)::integer as pulls                                                  -- interruptions, or events, that began
from hand_over_weeks as w
left join hand_over_pieces as p on p.hand_over_id = w.hand_over_id and p.day between w.begins and w.ends
group by all
order by w.hand_over_id, w.number;
