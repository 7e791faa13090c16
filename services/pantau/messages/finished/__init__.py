"""Sentences that are finished in English before their reader's language is known.

Drivers, parsers and the operating system raise errors whose text is a sentence; some are stored in
events. Each is recognised by the template that it was made from, and its values, which may be such
sentences themselves, are put into the Indonesian one. The English template is the key, as in
gettext: a test extracts the templates from the source and fails for one without a translation.
"""
