-- Texts without a role that have waited longer than some days, and are still stored. Parameter: days.
select
    title,
    group_key,
    min(calendar) as calendar,
    date_diff('day', min(since), now())::integer as waits_days
from filings
where role = 'unclassified' and title is not null and since < now() - to_days($days::integer)
group by title, group_key
order by waits_days desc, title;
