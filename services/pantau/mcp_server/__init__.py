"""The MCP server: operations as tools of language models.

`tools.py` describes operations as tools, `calling.py` runs them, `confirming.py` has a person
confirm changes, `server.py` puts them together, `http.py` serves them over HTTP. The library `mcp`
(extra `mcp`) is imported here alone.
"""
