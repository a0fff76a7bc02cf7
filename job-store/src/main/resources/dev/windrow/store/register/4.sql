create table content_use (
  workspace text not null,
  name text not null,
  digest text not null,
  primary key (workspace, name, digest)
) without rowid;
create index content_use_by_digest on content_use (workspace, digest);
create index job_by_end on job (ended_at) where ended_at is not null;
