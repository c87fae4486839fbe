-- Three roles, so that the running portal can neither alter its tables nor touch its record:
--   seruni_owner   owns database, schema and tables; used by `manage.py migrate` only
--   seruni_app     reads and writes rows; of the audit it may only add and read
--   seruni_backup  reads everything (values of cases are ciphertext here too)
--
-- As the server's administrator, before the first migrate AND once after it; harmless to repeat:
--   psql -v database=portal -f deploy/postgres-roles.sql
-- Then give each role its password with \password, or use peer authentication by socket.

\set ON_ERROR_STOP on
\if :{?database}
\else
  \set database portal
\endif

SELECT format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', name)
FROM unnest(ARRAY['seruni_owner', 'seruni_app', 'seruni_backup']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

SELECT format('CREATE DATABASE %I OWNER seruni_owner ENCODING ''UTF8'' TEMPLATE template0', :'database')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec

-- Whoever owns the database could drop every table, triggers or not.
ALTER DATABASE :"database" OWNER TO seruni_owner;
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO seruni_app, seruni_backup;

ALTER ROLE seruni_app SET lock_timeout = '5s';
ALTER ROLE seruni_app SET statement_timeout = '30s';
ALTER ROLE seruni_app SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE seruni_owner SET lock_timeout = '2s';
ALTER ROLE seruni_backup SET default_transaction_read_only = on;

\connect :"database"

ALTER SCHEMA public OWNER TO seruni_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO seruni_app, seruni_backup;

-- Tables that later migrations make.
ALTER DEFAULT PRIVILEGES FOR ROLE seruni_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO seruni_app;
ALTER DEFAULT PRIVILEGES FOR ROLE seruni_owner IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO seruni_app;
ALTER DEFAULT PRIVILEGES FOR ROLE seruni_owner IN SCHEMA public
  GRANT SELECT ON TABLES TO seruni_backup;
ALTER DEFAULT PRIVILEGES FOR ROLE seruni_owner IN SCHEMA public
  GRANT SELECT ON SEQUENCES TO seruni_backup;

-- Tables that are there already.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO seruni_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO seruni_app;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO seruni_backup;
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO seruni_backup;

-- The record only grows, and which migrations ran is the owner's business.
DO $$
BEGIN
  IF to_regclass('public.core_auditevent') IS NOT NULL THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON public.core_auditevent FROM seruni_app;
  END IF;
  IF to_regclass('public.django_migrations') IS NOT NULL THEN
    REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON public.django_migrations FROM seruni_app;
  END IF;
END $$;
