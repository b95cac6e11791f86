-- title: what lists do not know
-- older versions cannot run: no

create index {concurrently} resource_unlisted on resource (kind, name) where listed <> version
