-- Rows of two logs that look like one interruption: about the same location, begun within five minutes, and no log has both; and
-- those of which the owner has said whether they are, wherever they are. The owner's word first, then the nearest. Of rows about no
-- location of the practice, only those about the same words. The strokes of a tally have times that nobody wrote down: they look
-- like nothing.
create or replace temp table once as      -- each row once, with its logs
with logs as (  -- a row that was corrected is still one of its log
    select interruption_id, list_distinct(flatten(list(coalesce(origins, [source_id])))) as sources
    from log_rows
    group by interruption_id
)
select
    interruption_id, sources, about_location, epoch_us(starts_at) as began, via,
    case
        when about_location = 'Practice-wide' and lower(trim(about_text)) not in ('', 'practice-wide', 'practice wide')
        then lower(trim(about_text)) else ''
    end as unknown,
    -- The one that says more stands, then the one that was typed in, then the smaller id.
    (-(topic is not null)::integer - (asked_by is not null)::integer, source_id <> 'typed in', interruption_id) as rank
from log_once join logs using (interruption_id);

with timed as (select * from once where via is distinct from 'tally'),
near as (  -- by stretches of five minutes, so that each row meets few others
    select one.interruption_id as one, two.interruption_id as two
    from timed as one
    join (select *, unnest([began // 300000000 - 1, began // 300000000, began // 300000000 + 1]) as stretch from timed) as two
        on two.stretch = one.began // 300000000 and two.about_location = one.about_location and two.unknown = one.unknown
    where one.interruption_id < two.interruption_id and not list_has_any(one.sources, two.sources) and abs(two.began - one.began) <= 300000000
),
told as (
    select least(interruption_id, twin_id) as one, greatest(interruption_id, twin_id) as two, bool_or(same) as same
    from log_verdicts group by all
),
judged as (
    select one, two, same from told
    union all
    select one, two, null from near anti join told using (one, two)
)
select
    one, two,
    same                                      -- the owner's word; null: not asked yet
from judged join once as a on a.interruption_id = one join once as b on b.interruption_id = two
order by same nulls last, abs(b.began - a.began), least(a.began, b.began), one, two;
