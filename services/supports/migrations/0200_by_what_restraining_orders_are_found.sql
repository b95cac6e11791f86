-- title: by what restraining orders are found
-- older versions cannot run: no

create table order_tag (
  tag {text} not null, restraining_order {text} not null, primary key (tag, restraining_order));
create index order_tag_of on order_tag (restraining_order);
create table order_court_file (
  agency {text} not null, tag {text} not null, restraining_order {text} not null, primary key (agency, tag));
create table order_lookup_miss (
  agency {text} not null, day {text} not null, actor {text} not null, misses bigint not null,
  primary key (agency, day, actor));
create table order_shown (
  restraining_order {text} not null, order_lookup {text} not null,
  primary key (restraining_order, order_lookup))
