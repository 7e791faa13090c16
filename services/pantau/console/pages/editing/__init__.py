"""Changes of stored subscriptions: by a form, as copies, all with a tag at once, by a button."""
