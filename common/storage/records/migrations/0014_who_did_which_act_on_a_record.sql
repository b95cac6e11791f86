-- title: who did which act on a record
-- older versions cannot run: no
--
-- What services did before this is in their own steps, as far as revisions tell it.

create table contribution (
  record {text} not null, agency {text} not null, actor {text} not null, act {text} not null,
  primary key (record, agency, actor, act))
