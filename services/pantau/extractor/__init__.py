"""Full text: articles whose feed gives a summary get the text of their page.

measure          whether an article needs its page  (pure)
robots           robots.txt: what may be fetched, and what a site declares  (pure)
html.structured  what a page says of itself: JSON-LD, meta, links  (pure)
html.reading     a page as a reading, in a process of its own
html.wall        pages that show the beginning and ask for a subscription  (pure)
merging          an article and its page as one event  (pure)
pages            robots.txt and page through the guarded fetcher  (asyncio)
lanes            articles that wait: for a look, for their site, for a time  (pure)
policy           what is read, tried, given up, and written  (keyed stage)
"""
