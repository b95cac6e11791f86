-- title: whose people records are of
-- older versions cannot run: no
--
-- Since the first version, each record has its learner as the viewer `#learner/AGENCY/LEARNER`.

{postgres} create index {concurrently} visible_by_employer on visible (
  kind, split_part(substr(agency, 10), '/', 1), field, value, name) where agency like '#learner/%';
{sqlite} create index visible_by_employer on visible (
  kind, substr(agency, 10, instr(substr(agency, 10), '/') - 1), field, value, name)
  where agency like '#learner/%'
