-- Long work on a file (reading, checking, publishing, undoing) that goes on when its page is left. How far it has come is
-- platform.job's; the queue holds only the id.
create table evidence.file_work (
  trust_id integer not null,
  job_id uuid not null,
  drop_id integer not null,
  school_id integer,              -- null: a file of the whole trust
  import_id integer,              -- null until a file that came has been read
  deed text not null check (deed in ('read', 'columns', 'rows', 'publish', 'undo')),
  file text not null,             -- the name that the file came under
  wish jsonb not null default '{}',
  person_id integer,
  asked_at timestamptz not null default now(),
  told_at timestamptz,            -- when its person saw how it ended
  primary key (trust_id, job_id),
  foreign key (trust_id, drop_id) references evidence.drop,
  foreign key (trust_id, school_id) references organisation.school,
  foreign key (trust_id, import_id) references evidence.import
);
create index file_work_drop on evidence.file_work (trust_id, drop_id, school_id);
create index file_work_import on evidence.file_work (trust_id, import_id);

alter table evidence.file_work enable row level security, force row level security;
grant select, insert, update on evidence.file_work to throughline_app;
create policy viewer on evidence.file_work using (trust_id = platform.trust() and (
  (school_id is not null and platform.reaches_school(school_id)) or coalesce(current_setting('throughline.schools', true), '') = 'all'));
