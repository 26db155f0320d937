#!/bin/sh
# Runs once, when the database's volume is empty: two roles, one that owns and one that serves, and the owner's database.
set -eu

psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\set owner_password `cat /run/secrets/owner_password`
\set app_password `cat /run/secrets/app_password`
CREATE ROLE carenet_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
CREATE ROLE carenet_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'app_password';
GRANT carenet_app TO carenet_owner;
CREATE DATABASE carenet OWNER carenet_owner;
REVOKE CONNECT ON DATABASE carenet FROM PUBLIC;
GRANT CONNECT ON DATABASE carenet TO carenet_app;
SQL
