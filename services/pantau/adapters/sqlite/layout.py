"""The tables of the embedded store, as an append-only list of migrations."""

from typing import Final

from pantau.query.fts5.columns import COLUMNS, tokenize_option

WORDS: Final = f"{', '.join(COLUMNS)}, content = '', columnsize = 0, {tokenize_option()}"
"""The definition of the FTS5 table of words."""

MIGRATIONS: Final = (
    f"""
CREATE TABLE records (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  topic TEXT NOT NULL,
  key TEXT NOT NULL,
  value BLOB,
  headers TEXT NOT NULL,
  appended INTEGER NOT NULL,
  compacted INTEGER NOT NULL
);
CREATE INDEX records_of_topic ON records (topic, position);
CREATE UNIQUE INDEX records_of_key ON records (topic, key) WHERE compacted = 1;
CREATE TABLE positions (
  consumers TEXT NOT NULL,
  topic TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (consumers, topic)
) WITHOUT ROWID;
CREATE TABLE documents (
  ordering INTEGER PRIMARY KEY,
  article_id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  published INTEGER
);
CREATE INDEX documents_of_published ON documents (published);
CREATE TABLE events (
  ordering INTEGER PRIMARY KEY,
  event BLOB NOT NULL
);
CREATE TABLE index_version (version TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (
  {WORDS}
)
""",
    # The extractor came between the poller and the enricher; it goes on where that one stood.
    """
UPDATE positions SET consumers = 'extractor' WHERE consumers = 'enricher' AND topic = 'articles'
""",
    # How far the words of articles stand in the table that will replace `words`, if there is one.
    """
CREATE TABLE rebuilding (done INTEGER NOT NULL)
""",
    # Values and headers of records may be packed from here on, which older programs cannot read.
    # Those that are there stay as they are.
    """
SELECT 'records are packed'
""",
)
"""Statements end with `;` and a line break.

Once released, an entry never changes; changes are new entries.
"""
