"""The path from alerts to people: the deliveries of an alert, and each delivery to its channel.

    intake/          the head of an alert; the channels of subscriptions without rules
    plan             an alert -> one pending delivery per channel of its subscription (pure)
    delivery_state   the records of `deliveries`, folded into channel queues (pure)
    channel_queue    what waits for one channel, and which of it is due (pure)
    retry_policy     a delivery and the result of an attempt -> its next state (pure)
    attempt          one attempt: look up, send, classify
    dispatch         consumes `deliveries` and sends what is due (asyncio)
    dispatching/     entry: a waiting delivery in compact form; singles: what is sent; tries:
                     attempts under way; outages and stops: channels that fail
    floods/          allowance: message limits; turns: feeds take turns; bundle: what waits for a
                     summary; summaries: which are under way; summary: its composition
    rules/           which alerts become a message, and when (pure); stage: runs them live
    reports/         scheduled reports: when one is due, and what it says
    composing/       a message in words, before it takes the form of a channel (pure)
    payload, bodies/, mail, mails/   the bytes that are sent (pure)

The drivers that send a message to a channel are in `pantau.adapters.channels`.
"""
