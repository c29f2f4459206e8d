"""Tests of `service.pages.rendering`."""
