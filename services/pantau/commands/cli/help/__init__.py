"""Help pages and errors of usage, in the language of the answer."""
