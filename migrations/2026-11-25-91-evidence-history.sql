-- A school's results from before it joined, or after it left, are its own: the trust's figures never count them. Decided when
-- a file is listed and kept with it, so that a snapshot goes on saying the same when a date is put right later.
alter table evidence.lake_file add column in_trust boolean not null default true;
alter table evidence.snapshot drop constraint snapshot_reason_check;
alter table evidence.snapshot add constraint snapshot_reason_check
  check (reason in ('publish', 'undo', 'lock', 'correction', 'history', 'move'));
