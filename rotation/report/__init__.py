"""What people look at: the week's page (HTML) and tables for the terminal. Reads editions and written plans only."""
