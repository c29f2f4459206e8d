"""Tests of `service.writes`."""
