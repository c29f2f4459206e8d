"""Properties that hold whatever a file holds: nothing crashes, and no good record is lost."""
