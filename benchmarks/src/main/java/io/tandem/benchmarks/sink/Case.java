package io.tandem.benchmarks.sink;

import io.tandem.benchmarks.rig.Scratch;
import io.tandem.testbed.Vendor;

/**
 * What is measured.
 *
 * @param inRoot whether the versions are in the rows of the root table
 * @param children whether the aggregate has two child tables
 * @param tasks how many tasks, and how many partitions
 * @param records how many records
 */
record Case(Vendor vendor, boolean inRoot, boolean children, Workload workload, int tasks, int records) {

    /** As {@code postgresql-update}, {@code mariadb-insert-children-4-tasks}. */
    String name() {
        return Scratch.name(vendor) + "-" + workload + (inRoot ? "-in-root" : "") + (children ? "-children" : "")
                + (tasks == 1 ? "" : "-" + tasks + "-tasks");
    }
}
