"""What rows of one or several tables must say together: an open family, one check a file that defines ``CHECK``."""
