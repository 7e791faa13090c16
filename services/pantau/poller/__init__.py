"""Polling of feeds: publishes new and changed articles."""
