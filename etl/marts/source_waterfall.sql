-- From the hours of one export to its counted hours. Parameter: source_id. All time, also what is still to come.
with mine as (
    select o.*, (epoch_us(ends_at) - epoch_us(starts_at)) / 3600e6 as hours
    from occurrences as o where source_id = $source_id
),
owned as (
    select coalesce(sum(d.seconds), 0) / 3600.0 as hours
    from day_slices as d join mine as o on o.occurrence_id = coalesce(d.occurrence_id, d.displaced_occurrence_id)
),
steps as (
    select 1 as step_order, 'exported' as step, sum(hours) as hours, count(*) as occurrences from mine
    union all
    select r.step_order, r.step, -sum(m.hours), count(m.occurrence_id)
    from (values (2, 'all-day'), (3, 'cancelled'), (4, 'declined'), (5, 'free'), (6, 'longer than 31 days'), (7, 'no length'), (8, 'on another calendar'))
        as r (step_order, step)
    left join mine as m on m.not_counted_because = r.step
    group by all
    union all
    select 9, 'at the same time as another', (select hours from owned) - coalesce(sum(hours) filter (where counted), 0), null from mine
    union all
    select 10, 'counted', (select hours from owned), count(*) filter (where counted) from mine
)
select
    step_order::integer as step_order,
    step,                                        -- plain words; the steps between the first and the last are taken off
    round(coalesce(hours, 0), 6)::double as hours,
    occurrences                                  -- null where a step takes parts of events
from steps
order by step_order;
