/** The settings that both connectors share, with their documentation, and their validation against a real database. */
@NullMarked
package io.tandem.connect.config;

import org.jspecify.annotations.NullMarked;
