"""Queries that would kill an endpoint, and a live service that they are sent to."""
