-- title: deconfliction
-- older versions cannot run: no

create table deconfliction_epoch (epoch bigint not null primary key, salt text not null);
create table evaluation_count (
  agency {text} not null, day {text} not null, used bigint not null, primary key (agency, day));
create table lodged (
  name {text} not null primary key, agency text not null, officer text not null, from_us bigint not null,
  until_us bigint not null, epoch bigint not null, tag {text} not null, point text not null);
create index lodged_tag on lodged (tag);
create index lodged_epoch on lodged (epoch);
create table lodgement_conflict (
  lodgement {text} not null, conflict {text} not null, primary key (lodgement, conflict))
