/**
 * Real parts for tests and the demo: broker, worker, schema registry and databases, each as a process of its own that
 * can be killed and started again.
 *
 * <p>Broker, worker and registry run with JVM options for a quick start. The system property {@code
 * testbed.jvm.options} of the JVM that starts them replaces these options; set it to nothing to measure throughput.
 */
@NullMarked
package io.tandem.testbed;

import org.jspecify.annotations.NullMarked;
