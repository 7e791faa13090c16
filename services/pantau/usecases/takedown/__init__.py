"""Take-downs: articles, or all that belongs to a source or a channel, removed from everywhere."""
