"""Backtests: what a subscription would have sent, from the stored articles."""
