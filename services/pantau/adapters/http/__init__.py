"""The guarded fetcher: HTTP/1.1 over connections to checked addresses."""
