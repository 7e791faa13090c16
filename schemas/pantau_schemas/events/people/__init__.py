"""Events about people: accounts, sessions, API tokens, and what was done."""
