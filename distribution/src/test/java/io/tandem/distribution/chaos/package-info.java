/**
 * A seeded run in which applications write both masters while everything fails now and then, and the proof afterwards that
 * both masters are equal, that no write is lost, and that no statement of an application failed because of Tandem.
 */
@NullMarked
package io.tandem.distribution.chaos;

import org.jspecify.annotations.NullMarked;
