/** What an application pays for being aligned: its writes with Tandem's triggers and connectors, and without. */
@NullMarked
package io.tandem.benchmarks.application;

import org.jspecify.annotations.NullMarked;
