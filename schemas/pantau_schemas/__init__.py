"""Everything that crosses a process boundary: events, topics, fields, ids, and their JSON.

`topics.TOPICS` is the map of the data flow; `fields.FIELDS` lists what a query can name.
"""
