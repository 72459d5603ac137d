-- One role owns the tables, another uses them, so that the running application cannot
-- lift the triggers of tables that only grow; a third reads them for backups and writes
-- nothing. Run as the superuser of PostgreSQL.
CREATE ROLE jiedao_owner LOGIN PASSWORD '@OWNER_PASSWORD@';
CREATE ROLE jiedao_app LOGIN PASSWORD '@APP_PASSWORD@';
CREATE ROLE jiedao_backup LOGIN PASSWORD '@BACKUP_PASSWORD@';
ALTER ROLE jiedao_backup SET default_transaction_read_only = on;
CREATE DATABASE jiedao OWNER jiedao_owner ENCODING 'UTF8' TEMPLATE template0;
\connect jiedao
ALTER SCHEMA public OWNER TO jiedao_owner;
