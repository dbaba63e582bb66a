-- What were the interruptions taken from? Parameters: from_day, to_day, locations (null: all; of what they were about).
with
-- part pull_pieces
sums as (
    select taken_from, sum(seconds) as seconds, sum(pulls) as pulls from pieces group by all
),
places as (
    select * from (values
        ('clinical', 1), ('leadership', 2), ('management', 3), ('unclassified', 4), ('free working time', 5), ('personal', 6), ('after hours', 7)
    ) as r (taken_from, place)
)
select
    s.taken_from,                                                  -- a role of the calendar; where it had nothing 'free working time', or 'after hours' outside the working hours
    p.place::integer as place,                                     -- work first, the owner's own time last
    s.seconds::bigint as seconds,
    (s.seconds / 3600.0)::double as hours,
    (s.seconds / nullif(sum(s.seconds) over (), 0))::double as share,  -- of all hours of interruptions
    s.pulls::integer as pulls                                      -- that began in it
from sums as s join places as p using (taken_from)
order by p.place;
