"""A package of its own, so that no library that ships a package of this name can take its place."""
