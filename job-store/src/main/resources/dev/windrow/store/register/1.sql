create table job (
  workspace text not null,
  name text not null,
  submitted_at integer not null,
  created_by text not null,
  modified_at integer not null,
  modified_by text not null,
  display_name text,
  description text,
  experiment_name text,
  archived integer not null,
  compute text not null,
  status text not null,
  reason_code text,
  reason text,
  first_cause text,
  ended_at integer,
  mini_batches integer,
  succeeded_mini_batches integer,
  failed_mini_batches integer,
  items integer,
  succeeded_items integer,
  failed_items integer,
  returned_rows integer,
  attempts integer,
  retries integer,
  plan_complete integer,
  primary key (workspace, name)
) without rowid;
create index job_by_time on job (workspace, submitted_at desc, name);
create table label (
  workspace text not null,
  name text not null,
  kind text not null,
  key text not null,
  value text not null,
  primary key (workspace, name, kind, key)
) without rowid;
create table token (
  hash text not null primary key,
  user text not null,
  role text not null,
  workspace text,
  created_at integer not null,
  created_by text not null,
  expires_at integer
) without rowid;
create table event (
  workspace text not null,
  name text not null,
  sequence integer not null,
  at integer not null,
  kind text not null,
  text text not null,
  primary key (workspace, name, sequence)
) without rowid;
