"""Stories: articles about the same event, and near-duplicates.

`words` tokenizes an article once; `fingerprint` and `features` are short strings derived from that,
which identify near-duplicates and articles about the same event. `grouping` assigns articles to
stories as they arrive; `merges` resolves stories that turned out to be one. `collapse`, `lookup`
and `ranking` are for searches.
"""
