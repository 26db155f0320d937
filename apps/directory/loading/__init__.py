"""From staged rows to tables: COPY into a temporary table, then statements over whole sets. Called by actions only."""
