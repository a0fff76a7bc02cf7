create table compute (
  workspace text not null,
  name text not null,
  kind text not null,
  spec text not null,
  findings text,
  description text,
  state text not null,
  error_code text,
  error_message text,
  operation text,
  created_at integer not null,
  created_by text not null,
  modified_at integer not null,
  modified_by text not null,
  primary key (workspace, name)
) without rowid;
create table compute_tag (
  workspace text not null,
  name text not null,
  key text not null,
  value text not null,
  primary key (workspace, name, key)
) without rowid;
create table operation (
  workspace text not null,
  id text not null,
  kind text not null,
  target text not null,
  force integer not null,
  state text not null,
  error_code text,
  error_message text,
  started_at integer not null,
  started_by text not null,
  ended_at integer,
  primary key (workspace, id)
) without rowid;
create index operation_by_end on operation (ended_at);
create table datastore (
  workspace text not null,
  name text not null,
  kind text not null,
  path text,
  description text,
  created_at integer not null,
  created_by text not null,
  modified_at integer not null,
  modified_by text not null,
  primary key (workspace, name)
) without rowid;
create index job_by_compute on job (workspace, compute) where ended_at is null;
