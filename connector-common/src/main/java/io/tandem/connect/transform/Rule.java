package io.tandem.connect.transform;

/** One rule of a mapping document, as written. Immutable. */
public sealed interface Rule permits ValueRule, SeparatedRule, TableRule, ExtensionRule, RepeatedRule {}
