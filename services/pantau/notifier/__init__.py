"""Alerts to people: from alert to deliveries, and each delivery to its channel.

    plan      an alert and its subscription -> one pending delivery a channel      (pure, a pipeline stage)
    lane      what waits for one channel, and which of it is due                   (pure)
    dispatch  reads `deliveries`, sends, writes what became of each                (asyncio)
    settle    a delivery and the outcome of a try -> the next state, a dead letter (pure)
    payload, mail, marks                     the words and bytes that are sent     (pure)

The drivers that bring a message to a channel are in `pantau.adapters`.
"""
