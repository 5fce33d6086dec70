"""The specification language of metrics: extraction, normalisation, and the signature that pins a score."""
