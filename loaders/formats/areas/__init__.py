"""Formats of areas: lists and lookups of their codes, and their boundaries."""

from loaders.formats.areas.boundaries import BOUNDARIES
from loaders.formats.areas.code_lists import CODE_LISTS
from loaders.formats.areas.lookups import LOOKUPS

AREAS = (*BOUNDARIES, *CODE_LISTS, *LOOKUPS)
