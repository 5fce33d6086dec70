"""Small numpy kernels that count for many texts at once. `plain` does the same one by one, as the tests demand."""
