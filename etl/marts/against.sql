-- How do two locations differ? One row a fact, with both values, what stands behind each, and whether the difference is told in words.
-- Parameters: from_day, to_day, one, other (two locations), locations (null: all; the largest of these ends a scale: all hours are on one,
-- and so are interruptions a week, so that what is small looks small).
-- The rules. A difference is told where it is a quarter of the larger value or more, and at least the fact's own least amount, and
-- where enough is behind it: ten events or interruptions at both together, and behind a share five at each. Facts of one family (all of
-- managing, say) mostly say the same: only the largest of each is told, and of the families three, the largest against the larger value first.
with
-- part pull_rates
entries as (    -- an event or interruption a row: each has one role and one location
    select location, role, interruption_id is not null as pulled, sum(seconds) as seconds
    from day_slices
    where role <> 'personal' and day between $from_day and least($to_day, today_here())
    group by location, role, occurrence_id, interruption_id
),
spent as (
    select
        location, sum(seconds) / 3600.0 as hours, count(*) as n,
        coalesce(sum(seconds) filter (where role = 'leadership'), 0) / 3600.0 as leading, count(*) filter (where role = 'leadership') as n_leading,
        coalesce(sum(seconds) filter (where role = 'management'), 0) / 3600.0 as managing, count(*) filter (where role = 'management') as n_managing,
        coalesce(sum(seconds) filter (where role = 'clinical'), 0) / 3600.0 as treating, count(*) filter (where role = 'clinical') as n_treating,
        coalesce(sum(seconds) filter (where role = 'unclassified'), 0) / 3600.0 as not_filed, count(*) filter (where role = 'unclassified') as n_not_filed,
        coalesce(sum(seconds) filter (where pulled), 0) / 3600.0 as pulled
    from entries
    group by location
),
with_patients as (
    select about_location as location, count(*) as pulls
    from interruption_starts
    where displaced_role = 'clinical' and day between $from_day and least($to_day, today_here())
    group by about_location
),
facts as (
    select r.location, unnest([
        {name: 'Hours', scale: 'hours', family: 'hours', unit: 'h', weekly: true, least: 1.0, amount: coalesce(s.hours, 0) / w.weeks, n: s.n},
        {name: 'Leadership', scale: 'hours', family: 'leadership', unit: 'h', weekly: true, least: 0.5, amount: coalesce(s.leading, 0) / w.weeks, n: s.n_leading},
        {name: 'Leadership share', scale: 'share', family: 'leadership', unit: 'share', weekly: false, least: 0.1, amount: coalesce(s.leading / s.hours, 0), n: s.n},
        {name: 'Management', scale: 'hours', family: 'management', unit: 'h', weekly: true, least: 0.5, amount: coalesce(s.managing, 0) / w.weeks, n: s.n_managing},
        {name: 'Management share', scale: 'share', family: 'management', unit: 'share', weekly: false, least: 0.1, amount: coalesce(s.managing / s.hours, 0), n: s.n},
        {name: 'Management for each team member', scale: 'hours a member', family: 'management', unit: 'h', weekly: true, least: 0.1, amount: coalesce(s.managing, 0) / w.weeks / r.team, n: s.n_managing},
        {name: 'Clinical', scale: 'hours', family: 'clinical', unit: 'h', weekly: true, least: 1.0, amount: coalesce(s.treating, 0) / w.weeks, n: s.n_treating},
        {name: 'Not filed', scale: 'hours', family: 'not filed', unit: 'h', weekly: true, least: null, amount: coalesce(s.not_filed, 0) / w.weeks, n: s.n_not_filed},    -- never told: it waits for an answer
        {name: 'Interruptions', scale: 'interruptions', family: 'interruptions', unit: 'times', weekly: true, least: 1.0, amount: r.a_week, n: r.pulls},
        {name: 'Interruptions in ten open hours', scale: 'in open hours', family: 'interruptions', unit: 'times', weekly: false, least: 0.2, amount: r.inside / r.open_hours * 10, n: r.inside},
        {name: 'Interruptions for each team member', scale: 'interruptions a member', family: 'interruptions', unit: 'times', weekly: true, least: 0.2, amount: r.a_week / r.team, n: r.pulls},
        {name: 'Hours of interruptions', scale: 'hours', family: 'interruptions', unit: 'h', weekly: true, least: 0.5, amount: coalesce(s.pulled, 0) / w.weeks, n: r.pulls},
        {name: 'Interruptions while with patients', scale: 'interruptions', family: 'interruptions', unit: 'times', weekly: true, least: 0.5, amount: coalesce(p.pulls, 0) / w.weeks, n: p.pulls}
    ]) as fact, generate_subscripts(range(13), 1) as fact_order
    from rates as r
    cross join (select weeks_in($from_day, $to_day) as weeks) as w
    left join spent as s on s.location = r.location
    left join with_patients as p on p.location = r.location
),
pairs as (
    select
        fact.name as fact, fact_order, fact.family as family, fact.unit as unit, fact.weekly as weekly, fact.least as least,
        max(fact.amount) filter (where location = $one) as one,
        max(fact.amount) filter (where location = $other) as other,
        coalesce(max(fact.n) filter (where location = $one), 0) as one_n,
        coalesce(max(fact.n) filter (where location = $other), 0) as other_n,
        max(max(case when fact.unit = 'share' then 1 else fact.amount end)) over (partition by fact.scale) as largest
    from facts
    group by fact.name, fact.scale, fact_order, fact.family, fact.unit, fact.weekly, fact.least
),
judged as (
    select
        *,
        abs(one - other) / nullif(greatest(one, other), 0) as differs_by,
        coalesce(abs(one - other) >= 0.25 * greatest(one, other) and abs(one - other) >= least, false) as large,
        one_n + other_n >= 10 and (unit <> 'share' or least(one_n, other_n) >= 5) as enough
    from pairs
    where one is not null and other is not null    -- without open hours or a team of both, there is nothing to compare
),
ranked as (
    select *, row_number() over (partition by family, large and enough order by differs_by desc, fact_order) as in_family from judged
),
final as (
    select
        *,
        large and enough and in_family = 1 as best,
        row_number() over (partition by large and enough and in_family = 1 order by differs_by desc, fact_order) as place
    from ranked
)
select
    fact,
    fact_order::integer as fact_order,
    family,
    unit,                                                   -- 'h', 'times' or 'share'
    weekly,                                                 -- the values are those of an average week
    one::double as one,
    other::double as other,
    one_n::integer as one_n,                                -- events and interruptions behind the first; of interruptions these alone
    other_n::integer as other_n,
    largest::double as largest,                             -- where its scale ends: the largest at all locations asked for; of shares the whole
    large,                                                  -- by the rules above
    enough,                                                 -- by the rules above
    case when best and place <= 3 then place end::integer as told  -- 1, 2, 3: the order in which it is told; null: it is not
from final
order by fact_order;
