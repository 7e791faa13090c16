"""Rules of subscriptions: which messages are sent, and when. Pure: state, event and time in."""
