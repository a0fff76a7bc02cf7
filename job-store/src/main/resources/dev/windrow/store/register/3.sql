alter table token add column computes text not null default '';
create table demand (
  workspace text not null,
  name text not null,
  instances integer not null,
  gpus integer not null,
  primary key (workspace, name)
) without rowid;
