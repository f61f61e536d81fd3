-- Names as people type them into a search: without accents and apostrophes, in small letters.
alter table organisation.pupil add column sought text not null generated always as (
  lower(regexp_replace(normalize(surname || ' ' || forename, nfkd), '[\u0300-\u036f''’]', '', 'g'))
) stored;
