GRANT USAGE, CREATE ON SCHEMA ${schema} TO ${user};
GRANT SELECT, TRIGGER ON ${table} TO ${user};
