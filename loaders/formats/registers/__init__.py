"""Registers of organisations."""
