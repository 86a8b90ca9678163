GRANT SELECT, UPDATE ON ${schema}.${ledger} TO ${user};
