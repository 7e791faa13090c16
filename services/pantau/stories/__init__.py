"""Stories: articles about the same event, and near-duplicates.

`words` tokenizes an article once; `fingerprint` and `features` are short strings derived from that,
which identify near-duplicates and articles about the same event. `grouping` assigns articles to
stories as they arrive, `memory` keeps them in sync with their tables, and `merges` resolves stories
that turned out to be one. `templates` recognises reports that are written from a form.
"""
