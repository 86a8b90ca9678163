GRANT INSERT ON ${journal} TO ${user};
GRANT SELECT, UPDATE, DELETE ON ${row_journal} TO ${user};
