"""What people see: from what is said of things to what their pages show.

Each page has a view model, made here in Python; the templates only lay it out. Nothing here knows
a request: links and words are decided from the release alone.
"""
