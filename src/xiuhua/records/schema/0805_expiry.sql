-- What was told of a record's expiry: 'warned', 'expired'; null: nothing of the day it now expires on.
alter table record add column told text;
create index record_to_tell on record (city, register, expires)
    where expires is not null and merged_into is null and told is distinct from 'expired';
