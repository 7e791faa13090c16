"""An alert as the stage takes it in, and the channels of most subscriptions."""
