"""The parts of an article: lead, dateline, and what is not its own words."""
