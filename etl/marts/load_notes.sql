-- What was left out or assumed when each source was read?
select s.source_id, s.name, n.line, n.note
from load_notes as n join sources as s using (source_id)
order by s.source_id, n.line nulls first, n.note;
