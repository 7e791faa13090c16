"""Polling of feeds: publishes new and changed articles.

service, round    the loop: which feeds are polled now, and how many at a time  (asyncio)
timing/           when a feed is due, which one is next                         (pure)
reading/          a response as a document
decision/         state, document and time -> articles and the next state       (pure)
identity/         which item is which article, who owns it, quotas              (pure)
publishing/       articles in pieces, by turns, as fast as the stages take them
holding/          articles that wait in the log for their turn
websub/           feeds whose hub delivers
feed_repository   feeds, states and owners; writer: the access to the log
"""
