-- No list goes by the moment of the last change; every import paid for this index.
drop index record_by_change;
