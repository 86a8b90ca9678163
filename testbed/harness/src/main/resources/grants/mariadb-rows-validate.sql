GRANT INSERT ON ${schema}.${journal} TO ${user};
GRANT SELECT, DELETE ON ${schema}.${row_journal} TO ${user};
