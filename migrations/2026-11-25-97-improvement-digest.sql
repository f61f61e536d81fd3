-- How often a person wants a letter with their own actions, and when the last went out. Who has no row gets it weekly.
create table improvement.digest (
  trust_id integer not null,
  person_id integer not null,
  how text not null default 'weekly' check (how in ('weekly', 'daily', 'never')),
  sent_on date,
  primary key (trust_id, person_id),
  foreign key (trust_id, person_id) references organisation.person
);
alter table improvement.digest enable row level security, force row level security;
grant select, insert, update on improvement.digest to throughline_app;
create policy viewer on improvement.digest using (trust_id = platform.trust());
