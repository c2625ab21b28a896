"""The commands that write policy files: begin, revise, correct, confirm, end, compare."""
