"""Keep the same goods in step elsewhere, one use case a file."""
