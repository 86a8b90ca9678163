GRANT SELECT, UPDATE ON ${ledger} TO ${user};
