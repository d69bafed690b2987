/** Profiles, credentials, documents, what is known of their progress, and uploads: the file records.db. */
export const RECORDS_SCHEMA: readonly string[] = [
  `
  create table user (
    userId text primary key,
    email text not null unique,
    body text not null
  ) without rowid;

  create table credential (
    userId text primary key,
    email text not null unique,
    hash text not null,
    claims text not null
  ) without rowid;
  create table session (
    tokenHash text primary key,
    family text not null,
    userId text not null references credential on delete cascade,
    expiresAt integer not null,
    used integer not null default 0
  ) without rowid;
  create index session_family on session (family);
  create index session_user on session (userId);
  create index session_expiry on session (expiresAt);

  create table document (
    userId text not null,
    documentId text not null,
    body text not null,
    uploadDate text generated always as (body ->> 'uploadDate') virtual,
    status text generated always as (body ->> 'status') virtual,
    fileType text generated always as (body ->> 'fileType') virtual,
    fileName text generated always as (body ->> 'fileName') virtual,
    deletedAt text generated always as (body ->> 'deletedAt') virtual,
    primary key (userId, documentId)
  ) without rowid;
  create unique index document_id on document (documentId);
  create index document_upload on document (userId, uploadDate, documentId) where deletedAt is null;
  create index document_status on document (userId, status, uploadDate, documentId) where deletedAt is null;
  create index document_type on document (userId, fileType, uploadDate, documentId) where deletedAt is null;
  create index document_name on document (userId, fileName, uploadDate, documentId) where deletedAt is null;
  create index document_in_status on document (status, uploadDate, documentId) where deletedAt is null;

  create table document_tag (
    userId text not null,
    tag text not null,
    uploadDate text not null,
    documentId text not null,
    primary key (userId, tag, uploadDate, documentId)
  ) without rowid;
  create index document_tag_document on document_tag (documentId);

  create table progress (
    documentId text not null,
    generation integer not null,
    batchCount integer not null,
    chunkCount integer not null,
    embedded integer not null default 0,
    indexed integer not null default 0,
    startedAt text not null,
    updatedAt text not null,
    primary key (documentId, generation)
  ) without rowid;
  create table progress_batch (
    documentId text not null,
    generation integer not null,
    stage text not null,
    batch integer not null,
    primary key (documentId, generation, stage, batch),
    foreign key (documentId, generation) references progress on delete cascade
  ) without rowid;

  create table receipt (
    receiptId text primary key,
    userId text not null,
    body text not null,
    requestedAt text generated always as (body ->> 'requestedAt') virtual,
    status text generated always as (body ->> 'status') virtual
  ) without rowid;
  create index receipt_pending on receipt (requestedAt, receiptId) where status = 'pending';
  `,
  `
  create table upload (
    uploadId text primary key,
    userId text not null,
    body text not null,
    startedAt text generated always as (body ->> 'startedAt') virtual
  ) without rowid;
  create index upload_started on upload (startedAt, uploadId);
  `,
  `
  create table vector_pointer (
    userId text not null,
    textHash text not null,
    documentId text not null,
    generation integer not null,
    chunkIndex integer not null,
    expiresAt integer not null,
    primary key (userId, textHash)
  ) without rowid;
  create index vector_pointer_expiry on vector_pointer (expiresAt);
  `,
];
