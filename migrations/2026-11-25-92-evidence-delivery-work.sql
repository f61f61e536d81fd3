-- Long work on a file for the record (reading and planning it, putting it in), which goes on when its page is left. How far it
-- has come is platform.job's; the queue holds only the id.
create table evidence.delivery_work (
  trust_id integer not null,
  job_id uuid not null,
  school_id integer,              -- null: a file of the whole trust
  delivery_id integer,            -- null until a file that came has been read
  deed text not null check (deed in ('read', 'put in')),
  file text not null,             -- the name that the file came under
  wish jsonb not null default '{}',
  person_id integer,
  asked_at timestamptz not null default now(),
  told_at timestamptz,            -- when its person saw how it ended
  primary key (trust_id, job_id),
  foreign key (trust_id, school_id) references organisation.school,
  foreign key (trust_id, delivery_id) references evidence.delivery
);
create index delivery_work_delivery on evidence.delivery_work (trust_id, delivery_id);

alter table evidence.delivery_work enable row level security, force row level security;
grant select, insert, update on evidence.delivery_work to throughline_app;
create policy viewer on evidence.delivery_work using (trust_id = platform.trust() and (
  (school_id is not null and platform.reaches_school(school_id)) or coalesce(current_setting('throughline.schools', true), '') = 'all'));

-- A file that a key sends is read by a job: what was asked stands with the sending, and the job's id.
alter table evidence.sending add column wish jsonb, add column job_id uuid;
