"""Links brought to one form, so that an article has one id however it is linked."""
