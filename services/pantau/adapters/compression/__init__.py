"""Compression of what stores keep: of values, one by one."""
