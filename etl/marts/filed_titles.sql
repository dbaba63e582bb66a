-- Titles that have a role and are kept, with the role and activity most of their events have.
select
    title,
    mode(role) as role,
    mode(activity) as activity,
    bool_or(decided_by <> 'word list') as answered             -- by the owner, not by the built-in words
from filings
where title is not null and role <> 'unclassified' and decided_by not in ('calendar', 'rest of the calendar')
group by title
order by title;
