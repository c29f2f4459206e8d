"""Registers of processing, agreements, retention, systems and tools, under others' headings."""
