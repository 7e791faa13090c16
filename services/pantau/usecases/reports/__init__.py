"""Reports of a day: the morning clipping of a subscription, or of all with a tag."""
