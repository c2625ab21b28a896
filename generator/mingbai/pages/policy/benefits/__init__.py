"""What a version grants, in words: a module for each kind."""
