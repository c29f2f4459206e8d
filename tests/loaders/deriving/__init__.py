"""Tests of what is derived at publish."""
