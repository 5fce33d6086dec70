"""Metrics: per-item sufficient statistics first, aggregation second. `catalogue` is light; `registry` builds."""
