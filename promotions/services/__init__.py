"""Making vouchers, and using them: one use case per file."""
