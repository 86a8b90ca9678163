GRANT USAGE ON SCHEMA ${schema} TO ${user};
GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO ${user};
GRANT SELECT, INSERT, UPDATE ON ${clock} TO ${user};
GRANT SELECT, DELETE ON ${journal} TO ${user};
GRANT INSERT ON ${ledger} TO ${user};
