"""The query language: text to AST, AST to meaning."""
