"""Publishers' real files by subject, for the table of coverage."""
