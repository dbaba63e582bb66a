-- The interruptions, first in rank first: they take their minutes from whatever these fell in.
select interruption_id, epoch_us(starts_at) as starts_at, epoch_us(ends_at) as ends_at
from interruptions
where ends_at > starts_at
order by
    starts_at desc,                                                              -- the later start
    epoch_us(ends_at) - epoch_us(starts_at),                                     -- then the shorter
    about_location, role, coalesce(topic, ''), coalesce(asked_by, ''), interruption_id;
