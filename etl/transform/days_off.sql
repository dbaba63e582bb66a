-- Fill days_off: a day is off when it is in the practice's list, or under an all-day event that is personal (a birthday is none), that says by its
-- title alone that the owner is away, or that is marked out of office. One that is cancelled or declined says nothing.
insert into days_off
with said as (
    select unnest(generate_series(from_day, to_day, interval 1 day))::date as day, 'in your list' as why, 1 as rank from listed_days_off
    union all
    select
        unnest(generate_series(
            timezone(p.time_zone, o.starts_at)::date, timezone(p.time_zone, greatest(o.ends_at - interval 1 microsecond, o.starts_at))::date,
            interval 1 day
        ))::date,
        case when o.status = 4 then 'out of office' when says_day_off(f.title) then 'says so' else 'personal' end,
        case when o.status = 4 then 2 when says_day_off(f.title) then 3 else 4 end
    from dated as o join filings as f using (filing_id) cross join practice as p
    where f.all_day and (o.status = 4 or says_day_off(f.title) or f.role = 'personal' and not is_a_birthday(f.title)) and o.status not in (1, 2)
        and o.ends_at - o.starts_at <= interval 366 days
)
select day, isodow(day) - 1 in (select weekday from working_hours), arg_min(why, rank) from said group by day;
