"""Tokens of providers of OpenID Connect, by the library joserfc."""
