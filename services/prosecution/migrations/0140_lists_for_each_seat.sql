-- title: lists for each seat
-- older versions cannot run: yes
--
-- The version before keeps a board for an office and not for each of its people.

create table case_link (case_name {text} not null, name {text} not null, primary key (case_name, name));
create table link_seat (seat {text} not null, name {text} not null, primary key (seat, name));
create index link_seat_by_name on link_seat (name);
create table unplaced (kind {text} not null, name {text} not null, primary key (kind, name));
insert into unplaced (kind, name) select distinct 'accused', name from board;
insert into unplaced (kind, name) select kind, name from resource where kind = 'link_token'
