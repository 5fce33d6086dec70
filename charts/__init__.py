"""The room that draws: values in, PNG bytes out; the only room that knows matplotlib."""
