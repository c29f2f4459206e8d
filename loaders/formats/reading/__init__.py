"""How records lie in files: the readers that formats share, bytes in and rows out."""
