-- title: bytes of attachments
-- older versions cannot run: no

create table attachment_use (name {text} not null primary key, agency {text} not null, bytes bigint not null);
create index attachment_use_agency on attachment_use (agency, bytes)
