"""Stages that do I/O: one key at a time, in order, many keys side by side.

    lane        what the queue of one key must offer                                 (a port)
    policy      what the records of a topic mean, and what is tried                  (a port)
    schedule    which lane is served next, and when the others are due               (pure)
    results     the journal: what is done, until it is written                       (pure)
    desk        the state that a stage and its policy share
    tasks       the work under way, and the places for more                          (asyncio)
    waking      wakes the stage at appended records                                  (asyncio)
    stage       reads, serves lanes, writes results, hands over                      (asyncio)
    row, queue, jobs     a ready-made policy for stages that turn an event into events by I/O

A stage of the second kind implements `row.KeyedHandler` alone. One with rules of its own, as the
notifier's dispatcher, implements `policy.Policy`.
"""
