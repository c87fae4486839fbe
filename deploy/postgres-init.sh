#!/bin/bash
# First start of the database container: the roles, with passwords from passwords.env.
set -euo pipefail
psql -v database=portal -f /roles.sql
psql -v owner="$OWNER_PASSWORD" -v app="$APP_PASSWORD" -v backup="$BACKUP_PASSWORD" <<'SQL'
ALTER ROLE seruni_owner PASSWORD :'owner';
ALTER ROLE seruni_app PASSWORD :'app';
ALTER ROLE seruni_backup PASSWORD :'backup';
SQL
