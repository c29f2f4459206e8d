"""Tests of the query workers."""
