"""The room that remembers: every statement and every migration."""
