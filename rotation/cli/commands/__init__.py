"""One command a file: each module defines ``COMMAND``. Modules are loaded when their command is used, so that
``--help`` is quick."""
