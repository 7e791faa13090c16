"""Channels as people type them, their health, and trial messages."""
