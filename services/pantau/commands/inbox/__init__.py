"""`pantau inbox`."""
