"""The encoding of documents."""
