"""The path from alerts to people: the deliveries of an alert, and each delivery to its channel.

    intake/          the head of an alert; the channels of subscriptions without rules
    plan             an alert -> one pending delivery per channel of its subscription (pure)
    delivery_state   the records of `deliveries`, folded into channel queues (pure)
    channel_queue    what waits for one channel, and which of it is due (pure)
    retry_policy     a delivery and the result of an attempt -> its next state (pure)
    attempt          one attempt: look up, send, classify
    dispatch         consumes `deliveries` and sends what is due (asyncio)
    dispatching/     entry: a waiting delivery in compact form; schedule: which queue is next;
                     singles and summaries: what is sent; tries: attempts under way;
                     results: what is to be written
    floods/          allowance: message limits; turns: feeds take turns; bundle: what waits for a
                     summary; summary: its composition
    payload, mail, mails/   the words and bytes that are sent (pure)

The drivers that send a message to a channel are in `pantau.adapters.channels`.
"""
