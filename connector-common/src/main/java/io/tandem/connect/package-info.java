/** What all plugins of Tandem share and that belongs to none of its parts. */
@NullMarked
package io.tandem.connect;

import org.jspecify.annotations.NullMarked;
