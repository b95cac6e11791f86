-- title: who contributed before it was kept
-- older versions cannot run: no
--
-- Everybody of the owner's agency who stored a version of an enrolment may have marked it.

insert into contribution (record, agency, actor, act)
  select distinct name, agency, actor, 'accord.training.v1.OfferingService.CompleteEnrolment' from revision
  where kind = 'enrolment' and name like 'agencies/' || agency || '/%'
