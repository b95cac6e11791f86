-- title: who contributed before it was kept
-- older versions cannot run: no
--
-- Whoever of the owner's agency stored a version may have marked.

insert into contribution (record, agency, actor, act)
  select distinct name, agency, actor, 'accord.training.v1.OfferingService.CompleteEnrolment' from revision
  where kind = 'enrolment' and name like 'agencies/' || agency || '/%'
