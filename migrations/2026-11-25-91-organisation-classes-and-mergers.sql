-- A class that came out of another in the middle of a year: split, or taken over by a merged school.
create table organisation.class_follows (
  trust_id integer not null,
  school_id integer not null,
  class_id integer not null,
  from_school_id integer not null,
  from_class_id integer not null,
  day date not null,
  primary key (trust_id, school_id, class_id, from_school_id, from_class_id),
  foreign key (trust_id, school_id, class_id) references organisation.class,
  foreign key (trust_id, from_school_id, from_class_id) references organisation.class
);

-- Two schools of the trust became one. The figures of the old ones stay theirs; history joins through this.
create table organisation.merger (
  trust_id integer not null,
  school_id integer not null,     -- the school that goes on
  from_school_id integer not null,
  day date not null,              -- its first day as one school
  primary key (trust_id, school_id, from_school_id),
  foreign key (trust_id, school_id) references organisation.school,
  foreign key (trust_id, from_school_id) references organisation.school
);

do $$
declare t text;
begin
  foreach t in array array['class_follows', 'merger'] loop
    execute format('alter table organisation.%I enable row level security, force row level security', t);
    execute format('grant select, insert, update, delete on organisation.%I to throughline_app', t);
  end loop;
  execute 'create policy viewer on organisation.class_follows using (trust_id = platform.trust() and platform.reaches_school(school_id))';
  execute 'create policy viewer on organisation.merger using (trust_id = platform.trust())';
end $$;
