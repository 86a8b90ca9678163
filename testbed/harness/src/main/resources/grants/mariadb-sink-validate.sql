GRANT SELECT, INSERT, UPDATE, DELETE, TRIGGER ON ${schema}.${table} TO ${user};
GRANT SELECT, INSERT, UPDATE ON ${schema}.${clock} TO ${user};
GRANT SELECT, DELETE ON ${schema}.${journal} TO ${user};
GRANT INSERT ON ${schema}.${ledger} TO ${user};
