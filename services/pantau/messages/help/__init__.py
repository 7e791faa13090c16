"""The help of the command line and the sentences of click, in Indonesian.

The English text stands in the command that it describes and is the key of its translation, as in
gettext: a changed English text has none any more, and a test fails until the translation is
revised.
"""
