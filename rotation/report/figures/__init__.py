"""The pictures of the week's page, one a module, drawn by plotly. Each turns an edition into figures and says what
they show in words; none knows the page."""
