"""Pictures of articles, read by Pillow in a process of their own."""
