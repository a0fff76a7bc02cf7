-- The first schema. Keys of plan_chunk and result are (job << 32) | number, so that one integer is
-- bound, compared and appended per row; a job's rows are one range of the table.
-- Times are nanoseconds since 1970. Blobs named detail, error, reason and counts are written by RowCodec.

create table job (
  id integer primary key check (id between 1 and 2147483647),
  name text unique,                     -- null while the rows of a deleted job are being freed
  spec text not null,
  code_digest text not null,
  status text not null,
  reason blob,
  epoch integer not null,
  leased_below integer not null,
  plan_complete integer not null,
  submitted_at integer not null,
  ended_at integer,
  reopened integer not null default 0   -- how often the job was made to go on after its end
) strict;

create index job_by_time on job (submitted_at, id);

create table plan_chunk (
  id integer primary key,
  first integer not null,
  size integer not null,
  counts blob not null,
  resume_at blob not null,
  payload blob not null                 -- last, so that reading the others does not touch its pages
) strict;

create table result (
  id integer primary key,
  outcome integer not null,             -- 0 succeeded, 1 short, 2 failed
  items integer not null,
  returned integer not null,
  detail blob not null,
  error blob
) strict;

create table result_history (
  job integer not null,
  number integer not null,
  reopened integer not null,            -- the reopening that turned it into history, from 1
  outcome integer not null,
  items integer not null,
  returned integer not null,
  detail blob not null,
  error blob,
  primary key (job, number, reopened)
) strict, without rowid;

create table attempt (
  job integer not null,
  number integer not null,
  epoch integer not null,
  counter integer not null,
  reopened integer not null default 0,  -- 0 while it counts
  detail blob not null,
  error blob not null,
  primary key (job, number, epoch, counter)
) strict, without rowid;

create table event (
  id integer primary key,
  job integer not null,
  at integer not null,
  detail blob not null
) strict;

create index event_by_time on event (job, at, id);
