-- Rows of two logs that look like one interruption: about the same location, begun within five minutes, and no log has both.
-- The owner's word first, then the nearest. Pairs that the owner called two are not among them. Of rows about no location of the
-- practice, only those about the same words.
with once as (
    select
        interruption_id, list(distinct source_id) as sources, any_value(about_location) as about_location, any_value(epoch_us(starts_at)) as began,
        any_value(
            case when about_location = 'Practice-wide' and lower(trim(about_text)) not in ('', 'practice-wide', 'practice wide')
            then lower(trim(about_text)) else '' end
        ) as unknown,
        any_value((topic is not null)::integer + (asked_by is not null)::integer) as said
    from log_rows
    group by interruption_id
),
near as (  -- by stretches of five minutes, so that each row meets few others
    select one.interruption_id as one, two.interruption_id as two, one.said as one_said, two.said as two_said,
        one.sources as one_sources, two.sources as two_sources, abs(two.began - one.began) as gap, least(one.began, two.began) as began
    from once as one
    join (select *, unnest([began // 300000000 - 1, began // 300000000, began // 300000000 + 1]) as stretch from once) as two
        on two.stretch = one.began // 300000000 and two.about_location = one.about_location and two.unknown = one.unknown
    where one.interruption_id < two.interruption_id and not list_has_any(one.sources, two.sources) and abs(two.began - one.began) <= 300000000
),
judged as (
    select n.*, v.same
    from near as n left join log_verdicts as v
        on least(v.interruption_id, v.twin_id) = n.one and greatest(v.interruption_id, v.twin_id) = n.two
)
select
    one, two,
    -- The one that says more stands, then the one that was typed in, then the smaller id.
    case when one_said <> two_said then one_said > two_said when list_contains(one_sources, 'typed in') <> list_contains(two_sources, 'typed in') then list_contains(one_sources, 'typed in') else true end as first_stands
from judged
where coalesce(same, true)
order by same is null, gap, began, one, two;
