"""Made-up leaks of personal data, run through the whole line, and what becomes of each."""
