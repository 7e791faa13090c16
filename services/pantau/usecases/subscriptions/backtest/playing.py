"""Playing alerts through the rules of a subscription. Pure.

The clock shows the time at which each article was first seen; between two of them the rules tick
whenever something is due, as in the notifier.
"""
