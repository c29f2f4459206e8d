"""Registers of information assets."""
