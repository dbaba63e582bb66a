-- Which events of some titles wait for a role, up to now? Parameters: titles, calendars (lists), keys (of groups that are forgotten).
select occurrence_id
from occurrences
where role = 'unclassified' and counted and starts_at <= now() and list_contains($calendars::varchar[], calendar)
    and (list_contains($titles::varchar[], coalesce(title, '')) or (title is null and list_contains($keys::varchar[], group_key)))
order by occurrence_id;
