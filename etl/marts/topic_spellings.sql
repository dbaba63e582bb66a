-- All topics of the log, as they are written.
select distinct coalesce(topic, '(no topic)') as topic from interruption_starts order by topic;
