GRANT UPDATE, ALTER, INDEX ON ${schema}.${root} TO ${user};
GRANT CREATE, DELETE ON ${schema}.${clock} TO ${user};
