GRANT SELECT, TRIGGER ON ${schema}.${table} TO ${user};
GRANT CREATE, ALTER, SELECT, INSERT, UPDATE ON ${schema}.${clock} TO ${user};
GRANT CREATE, SELECT, INSERT, DELETE ON ${schema}.${journal} TO ${user};
GRANT CREATE, SELECT, INSERT, DELETE ON ${schema}.${row_journal} TO ${user};
GRANT CREATE ON ${schema}.${ledger} TO ${user};
