"""What the world may fetch over HTTP: calendars under secret addresses. An ASGI application; the clock is handed in."""
