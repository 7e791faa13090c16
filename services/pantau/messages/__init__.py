"""The texts that people read, by code, in every language that Pantau answers in.

`catalogue.render` is the one way from a code and its parameters to a sentence; `texts/` holds the
sentences, one module an area, the languages of a code beside each other.
"""
