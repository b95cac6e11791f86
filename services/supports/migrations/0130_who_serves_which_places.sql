-- title: who serves which places
-- older versions cannot run: no

create table catchment (
  code {text} not null, partner {text} not null, funded_from {text} not null, funded_to {text} not null,
  primary key (code, partner));
create index catchment_of on catchment (partner)
