-- Imports into registers and ledgers as well as of reports: what a table is brought into, who brings it in, a preview of
-- all its rows.
alter table import_run
    add column target      text not null default 'report',   -- report, register:NAME, ledger:NAME
    add column changed     integer not null default 0,       -- counted in the transaction that changes the rows
    add column about       integer not null default 0,       -- cells that said "about"
    add column unused      json not null default '[]',       -- columns that no field is read from
    add column preview     json,                             -- what would become of its rows, once they were looked at
    add column job         text,                             -- the key of the job that is at it, or is to be
    add column posts       json not null default '[]',       -- of who began it: [[role, unit, area], …]
    add column permissions text[] not null default '{}',
    drop constraint import_run_state_check,
    add constraint import_run_state_check
        check (state in ('uploaded', 'checking', 'checked', 'waiting', 'running', 'done', 'cancelled', 'refused'));
update import_run set job = id where ended_at is null and state in ('waiting', 'running');

alter table import_mapping
    add column target text not null default 'report',
    drop constraint import_mapping_city_title_key,
    add unique (city, target, title);

-- One kind of job takes all of them in; what waits keeps its place.
update job set kind = 'import' where kind = 'import.reports';
update pgqueuer set entrypoint = 'import' where entrypoint = 'import.reports';
