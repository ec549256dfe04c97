"""What buyers' pages cost and how well they serve: `make ux` measures them in a real browser."""
