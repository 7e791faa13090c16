"""WebSub (W3C Recommendation): feeds whose hub pushes what is new."""
