-- Which topics and which askers were written down before? The most usual first, each in its most usual spelling.
with said as (
    select 'topic' as kind, trim(topic) as words, count(*) as pulls, max(starts_at) as latest
    from log_rows where trim(topic) <> '' group by trim(topic)
    union all
    select 'asker', trim(asked_by), count(*), max(starts_at) from log_rows where trim(asked_by) <> '' group by trim(asked_by)
)
select
    kind,                                                 -- 'topic' or 'asker'
    arg_max(words, (pulls, latest)) as words,
    sum(pulls)::integer as pulls
from said
group by kind, lower(words)
order by kind, pulls desc, words;
