-- What everybody may read.
create index document_open on document (city, since desc, id desc) where open and number is not null;
