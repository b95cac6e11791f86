-- title: epoch
-- older versions cannot run: no
-- stored line ends: none

create table registry_epoch (id bigint primary key, epoch text not null)
