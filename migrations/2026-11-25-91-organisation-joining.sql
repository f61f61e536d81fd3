-- From when a school belongs to the trust: known only where somebody said so. A guess (the day it was opened, the day it was
-- set up here) leaves no result out.
alter table organisation.membership add column joining_known boolean not null default false;
-- Why it left: `Moves to another trust`.
alter table organisation.membership add column why text not null default '';
