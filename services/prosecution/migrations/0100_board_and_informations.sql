-- title: board and informations
-- older versions cannot run: no

create table board (
  viewer {text} not null, name {text} not null, region {text} not null, stage {text} not null, ceiling {text} not null,
  primary key (viewer, name));
create index board_by_ceiling on board (viewer, ceiling, name);
create index board_by_region on board (viewer, region, ceiling, name);
create index board_by_stage on board (viewer, stage, ceiling, name);
create index board_by_name on board (name);
create table information (
  police_service {text} not null, number {text} not null, name {text} not null,
  primary key (police_service, number))
