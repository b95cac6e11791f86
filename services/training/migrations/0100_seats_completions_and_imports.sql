-- title: seats, completions and imports
-- older versions cannot run: no

create table seats (offering {text} not null primary key, capacity bigint not null, taken bigint not null);
create table seated (
  offering {text} not null, learner {text} not null, name text not null, primary key (offering, learner));
create table waiting (seq {autoinc}, offering {text} not null, name {text} not null);
create index waiting_offering on waiting (offering, seq);
create table batch (id {autoinc}, name {text} not null unique, owner {text} not null, open bigint not null);
create unique index batch_open on batch (owner) where open = 1;
create table completion (
  owner {text} not null, course {text} not null, learner_agency {text} not null, learner {text} not null,
  completed_on {text} not null, batch bigint not null, line bigint not null,
  primary key (owner, course, learner_agency, learner, completed_on));
create index completion_learner on completion (learner_agency, learner, owner, course, completed_on);
create table batch_count (
  key {text} not null, course {text} not null, agency {text} not null, n bigint not null,
  primary key (key, course, agency));
create table completion_count (
  key {text} not null, course {text} not null, agency {text} not null, n bigint not null,
  primary key (key, course, agency));
create table serial (serial {text} not null primary key, name text not null);
create table import_error (
  import {text} not null, line bigint not null, rule text not null, message text not null,
  primary key (import, line))
