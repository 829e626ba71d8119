"""What was found, made a plan or brought into one."""
