"""The structure of an article: lead, dateline, boilerplate."""
