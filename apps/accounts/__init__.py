"""People who sign in: login, second factor, devices, sessions."""
