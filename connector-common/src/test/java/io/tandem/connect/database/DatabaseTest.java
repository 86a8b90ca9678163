package io.tandem.connect.database;

import io.tandem.testbed.Vendor;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A test that runs once per vendor, with an empty {@link TestDatabase} of its own as its argument. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@ArgumentsSource(TestDatabases.class)
public @interface DatabaseTest {

    /** The vendors to run on. */
    Vendor[] value() default {Vendor.POSTGRESQL, Vendor.MARIADB};
}
