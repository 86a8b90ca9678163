GRANT CREATE, SELECT, UPDATE ON ${schema}.${ledger} TO ${user};
