"""An office's service as this environment knows it: whom it takes, how many places are free."""
