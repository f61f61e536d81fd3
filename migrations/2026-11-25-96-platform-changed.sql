-- In which transaction each part of the record was last written to, by school (0: what is the trust's own). What was worked
-- out from a school's part holds until its number moves, whichever process wrote.
create table platform.changed (
  trust_id integer not null,
  part text not null,
  school_id integer not null default 0,
  version bigint not null,
  primary key (trust_id, part, school_id)
);
alter table platform.changed enable row level security, force row level security;
grant select, insert, update on platform.changed to throughline_app;
create policy viewer on platform.changed using (trust_id = platform.trust());

create function platform.note_change(trust integer, part text, school integer) returns void language sql as
$$ insert into platform.changed as c (trust_id, part, school_id, version) values (trust, part, coalesce(school, 0), txid_current())
  on conflict (trust_id, part, school_id) do update set version = excluded.version where c.version <> excluded.version $$;

create function platform.row_changed() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then perform platform.note_change(old.trust_id, tg_argv[0], old.school_id);
  else perform platform.note_change(new.trust_id, tg_argv[0], new.school_id);
  end if;
  return null;
end $$;

create function platform.table_changed() returns trigger language plpgsql as $$
begin
  if platform.trust() is not null then perform platform.note_change(platform.trust(), tg_argv[0], 0); end if;
  return null;
end $$;

-- Working copies are not among these: who writes changes nothing that others read.
do $$
declare t text;
begin
  foreach t in array array['plan', 'objective', 'criterion', 'action', 'progress', 'evidence', 'risk', 'decision', 'thanks', 'tier', 'evaluation', 'confirmed', 'signed_evaluation'] loop
    execute format('create trigger changed after insert or update or delete on improvement.%I for each row execute function platform.row_changed(''improvement'')', t);
  end loop;
  foreach t in array array['statement', 'aim', 'aim_wording', 'priority', 'success_measure', 'stance', 'policy'] loop
    execute format('create trigger changed after insert or update or delete on purpose.%I for each statement execute function platform.table_changed(''purpose'')', t);
  end loop;
  foreach t in array array['person', 'school', 'membership', 'cluster'] loop
    execute format('create trigger changed after insert or update or delete on organisation.%I for each statement execute function platform.table_changed(''organisation'')', t);
  end loop;
end $$;

-- One school's judgements are read again when it confirms one, not all schools'.
create index confirmed_school on improvement.confirmed (trust_id, school_id, evaluation_id, area, confirmed_id desc);
