-- Several instances on one database, each with a rules folder of its own; two of them may have it at the same path.
-- dev.vitrine.storage.Instance; '' was written by a version that did not tell.
alter table rules_folder add column instance text not null default '';
alter table rules_folder drop constraint rules_folder_pkey;
alter table rules_folder add primary key (instance, folder);
-- When it was in step, by the clock of the instance, which the times of its files are by, too.
alter table rules_folder add column at timestamptz not null default '-infinity';
