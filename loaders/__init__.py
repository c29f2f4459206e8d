"""Records become quads, and quads become releases. Start reading at `loaders.pipeline`."""
