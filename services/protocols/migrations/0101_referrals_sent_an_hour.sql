-- title: referrals sent an hour
-- older versions cannot run: no

create table sent (agency {text} not null, hour bigint not null, n bigint not null, primary key (agency, hour))
