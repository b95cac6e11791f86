-- title: leases
-- older versions cannot run: no

create table lease (name {text} not null primary key, holder text not null, expires_us bigint not null)
