-- Registers by code, behaviour and praise, suspensions and exclusions: facts of the year so far, sealed with each drop.
alter table evidence.lake_file drop constraint lake_file_fact_check;
alter table evidence.lake_file add constraint lake_file_fact_check
  check (fact in ('result', 'pupil_state', 'attendance', 'session_code', 'behaviour', 'exclusion'));
