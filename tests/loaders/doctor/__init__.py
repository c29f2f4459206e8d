"""Tests of `gmkg doctor`."""
