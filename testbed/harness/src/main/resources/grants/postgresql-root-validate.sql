GRANT UPDATE ON ${root} TO ${user};
GRANT DELETE ON ${clock} TO ${user};
