-- An action, like an objective, may come from a finding, figure or judgement: {"kind", "text", "href", "about", "snapshot"}.
-- What it is about is the same at every drop and snapshot, so that a later page of the same thing finds what it became.
alter table improvement.action add column origin jsonb;
create index objective_about on improvement.objective (trust_id, (origin ->> 'about')) where origin is not null;
create index action_about on improvement.action (trust_id, (origin ->> 'about')) where origin is not null;
