-- In which texts are the names of locations looked for?
select distinct
    is_place,                                                 -- an event's place; else a title, a calendar's name, what a pull was about
    text                                                      -- each once
from (
    select true as is_place, place_text as text from filings
    union all
    select false, title from filings
    union all
    select false, calendar from filings
    union all
    select false, about_text from log_rows
)
where text is not null and text <> ''
order by is_place, text;
