"""Django's PostgreSQL back end, with the environment's fence told to the database before each query."""
