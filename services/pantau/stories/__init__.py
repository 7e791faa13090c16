"""Stories: articles about the same event, and near-duplicates.

`words` reads an article once; `fingerprint` and `features` are short strings made from that, which
tell near-duplicates and articles about the same event. `grouping` puts articles into stories as
they come; `merges` tells which story goes on where two turn out to be one. `collapse`, `lookup` and
`ranking` are for those who search.
"""
