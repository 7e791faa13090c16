"""The operations of Pantau for programs: typed input, a use case, typed output.

The REST interface and the MCP server are made from the same list (`catalogue.OPERATIONS`): an
operation is described once, and each face knows it by its models. Operations reach the program
through use cases alone.
"""
