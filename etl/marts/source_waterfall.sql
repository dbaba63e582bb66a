-- From the hours of one export to its counted hours. Parameter: source_id. All time, also what is still to come.
with mine as (
    select
        coalesce(left_out_because(d.left_out), case when s.is_copy then 'on another calendar' else 'counted' end) as why,
        sum(epoch_us(d.ends_at) - epoch_us(d.starts_at)) / 3600e6 as hours,
        count(*) as occurrences
    from dated as d left join settled as s using (occurrence_id)
    where d.source_id = $source_id
    group by why
),
owned as (
    select coalesce(sum(seconds), 0) / 3600.0 as hours
    from day_slices
    where coalesce(occurrence_id, displaced_occurrence_id) in (select occurrence_id from dated where source_id = $source_id)
),
steps as (
    select 1 as step_order, 'exported' as step, sum(hours) as hours, coalesce(sum(occurrences), 0)::bigint as occurrences from mine
    union all
    select r.step_order, r.reason, -m.hours, coalesce(m.occurrences, 0)
    from left_out_steps as r left join mine as m on m.why = r.reason
    union all
    select 9, 'at the same time as another', (select hours from owned) - coalesce(sum(hours) filter (where why = 'counted'), 0), null from mine
    union all
    select 10, 'counted', (select hours from owned), coalesce(sum(occurrences) filter (where why = 'counted'), 0)::bigint from mine
)
select
    step_order::integer as step_order,
    step,                                        -- plain words; the steps between the first and the last are taken off
    round(coalesce(hours, 0), 6)::double as hours,
    occurrences                                  -- null where a step takes parts of events
from steps
order by step_order;
