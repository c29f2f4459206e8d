"""Catalogues of datasets, and what they share: licences, file types, extents."""
