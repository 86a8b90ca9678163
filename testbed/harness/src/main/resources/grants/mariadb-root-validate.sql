GRANT UPDATE ON ${schema}.${root} TO ${user};
GRANT DELETE ON ${schema}.${clock} TO ${user};
