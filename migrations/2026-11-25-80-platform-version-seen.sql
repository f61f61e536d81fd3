-- Which migrations the record has had is no secret: the doctor and the administrator's page say it.
grant select on platform.migration to throughline_app;
