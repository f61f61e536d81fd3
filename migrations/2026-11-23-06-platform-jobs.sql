-- How far a long piece of work has come, for the page that waits for it. The queue itself is pg-boss's, in its own schema.
create table platform.job (
  trust_id integer not null,
  job_id uuid not null,
  name text not null,
  person_id integer,
  state text not null default 'waiting' check (state in ('waiting', 'working', 'done', 'failed')),
  done bigint not null default 0,
  of bigint not null default 0,
  words text not null default '',       -- '612,000 of 1,040,000 results checked'
  trouble text,                          -- why it failed, as a sentence
  started_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  primary key (trust_id, job_id)
);
alter table platform.job enable row level security, force row level security;
create policy viewer on platform.job using (trust_id = platform.trust()) with check (trust_id = platform.trust());
grant select, insert, update, delete on platform.job to throughline_app;
