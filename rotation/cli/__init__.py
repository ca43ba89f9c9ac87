"""The command line: the edge where time, files, the terminal and the environment come in."""
