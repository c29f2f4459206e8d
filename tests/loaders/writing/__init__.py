"""Tests of `loaders.writing`."""
