/** What differs by vendor, one small interface per concern, and one package per vendor. */
@NullMarked
package io.tandem.connect.database.dialect;

import org.jspecify.annotations.NullMarked;
