package io.tandem.connect.config;

/** What a connector does about the tables and triggers of Tandem that an aggregate needs. */
public enum ClockInstall {
    /** Refuses to start when something is missing; the error prints the exact DDL. */
    VALIDATE,
    /** Creates what is missing; does nothing where all is there. */
    CREATE
}
