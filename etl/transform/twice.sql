-- Rows of two logs that look like one interruption: about the same location, begun within five minutes. The owner's word first,
-- then the nearest. Pairs that the owner called two are not among them.
with once as (
    select
        interruption_id, min(source_id) as source_id, any_value(about_location) as about_location, any_value(epoch_us(starts_at)) as began,
        any_value((topic is not null)::integer + (asked_by is not null)::integer) as said
    from log_rows
    group by interruption_id
),
near as (  -- by stretches of five minutes, so that each row meets few others
    select one.interruption_id as one, two.interruption_id as two, one.said as one_said, two.said as two_said,
        one.source_id as one_source, two.source_id as two_source, abs(two.began - one.began) as gap, least(one.began, two.began) as began
    from once as one
    join (select *, unnest([began // 300000000 - 1, began // 300000000, began // 300000000 + 1]) as stretch from once) as two
        on two.stretch = one.began // 300000000 and two.about_location = one.about_location
    where one.interruption_id < two.interruption_id and one.source_id <> two.source_id and abs(two.began - one.began) <= 300000000
),
judged as (
    select n.*, v.same
    from near as n left join log_verdicts as v
        on least(v.interruption_id, v.twin_id) = n.one and greatest(v.interruption_id, v.twin_id) = n.two
)
select
    one, two,
    -- The one that says more stands, then the one that was typed in, then the smaller id.
    case when one_said <> two_said then one_said > two_said when (one_source = 'typed in') <> (two_source = 'typed in') then one_source = 'typed in' else true end as first_stands
from judged
where coalesce(same, true)
order by same is null, gap, began, one, two;
