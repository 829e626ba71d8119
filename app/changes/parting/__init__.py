"""Where the logs of two files parted, and bringing edits from one to the other."""
