"""Alerts to people: from alert to deliveries, and each delivery to its channel.

    plan        an alert and its subscription -> one pending delivery a channel      (pure, a pipeline stage)
    entry       a delivery that waits, kept small                                    (pure)
    allowance   how many messages a channel takes, and how feeds share them          (pure)
    turns       what is due in a channel, a turn for each feed                       (pure)
    bundle      what waits for a summary, and what a summary tells of                (pure)
    lane        what waits for one channel, and which of it is due                   (pure)
    book        the records of `deliveries`, folded into lanes                       (pure)
    dispatch    reads `deliveries`, and has what is due sent: `singles` an alert each, `summaries` many in one,
                `schedule` says which lane is next, `tries` are under way, `results` are to be written  (asyncio)
    settle      a delivery and the outcome of a try -> the next state, a dead letter (pure)
    summary     what a summary says                                                  (pure)
    payload, mail, mail_summary, marks       the words and bytes that are sent       (pure)

The drivers that bring a message to a channel are in `pantau.adapters`.
"""
