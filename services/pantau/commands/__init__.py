"""The command line, a face: a command parses its arguments, calls a use case, prints the result.

A module for each command, or for a group of small ones, imported when it is called, so that
`pantau --help` stays quick. `cli/` is what commands share: options, streams, tables, log set-up.
"""
