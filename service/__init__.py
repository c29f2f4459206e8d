"""A release becomes representations. Start reading at `service.app`."""
