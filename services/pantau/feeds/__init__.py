"""Parsing of feed documents, pages and lists of feeds: bytes in, values out. Pure.

    parse_feed ──▶ sniff ──▶ encoding ──▶ xml, feedparser │ formats │ html ──▶ ParsedFeed

`sniff` recognises what is no feed, `encoding` decodes, `xml` makes a document safe and well-formed
for `feedparser`; `formats` reads JSON Feed, pages, sitemaps and mails. `discovery` finds the feeds
that a page names. What a document says goes as written into `raw_feed`, then, after a choice among
its texts, links and dates, into `document`.
"""
