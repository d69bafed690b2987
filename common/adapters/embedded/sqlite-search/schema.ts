/**
 * The tables of a search index.
 *
 * `vector` is an ordinary table that sqlite-vec's distance function scans, not a vec0 table: a range of ids is then
 * exactly one user's or one document's vectors, so nobody's scan touches another's rows, the shared and the public
 * cost what they are, and there are no blocks to allocate for each user or to be left half empty by deletions.
 *
 * `words` holds terms that carry their owner (see tokens.ts). The words of a public chunk are there once more, under
 * the negative of its id. It keeps no text: contentless-delete, https://www.sqlite.org/fts5.html#contentless_delete_tables.
 */
export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS owner (id INTEGER PRIMARY KEY AUTOINCREMENT, userId TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE IF NOT EXISTS document (
    id INTEGER PRIMARY KEY,
    owner INTEGER NOT NULL,
    documentId TEXT NOT NULL,
    generation INTEGER NOT NULL,
    userId TEXT NOT NULL,
    fileName TEXT NOT NULL,
    fileType TEXT NOT NULL,
    uploadedAt INTEGER NOT NULL, -- ms since 1970
    tags TEXT NOT NULL, -- JSON
    isPublic INTEGER NOT NULL,
    flips INTEGER NOT NULL DEFAULT 0, -- how often isPublic has changed
    settledFlips INTEGER NOT NULL DEFAULT 0, -- up to which change the public words follow
    UNIQUE (documentId, owner, generation)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS document_public ON document (id) WHERE isPublic = 1;
  CREATE TABLE IF NOT EXISTS tag (
    document INTEGER NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY (document, tag)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS chunk (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    chunkId TEXT NOT NULL,
    chunkIndex INTEGER NOT NULL,
    content TEXT NOT NULL,
    startPosition INTEGER NOT NULL,
    endPosition INTEGER NOT NULL,
    pageNumber INTEGER,
    section TEXT,
    UNIQUE (document, chunkId)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS vector (id INTEGER PRIMARY KEY, embedding BLOB NOT NULL) STRICT;
  CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
    content, fileName, section,
    content = '', contentless_delete = 1, tokenize = 'porter ascii'
  );
`;

/** Raise with each change of the tables, or of how texts become terms. */
export const SCHEMA_VERSION = '1';
