"""The statistics behind a board: one pure function for each rule, with its paper."""
