GRANT SELECT, TRIGGER ON ${schema}.${table} TO ${user};
GRANT SELECT, INSERT, UPDATE ON ${schema}.${clock} TO ${user};
GRANT SELECT, DELETE ON ${schema}.${journal} TO ${user};
GRANT SELECT ON ${schema}.${ledger} TO ${user};
