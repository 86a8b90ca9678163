package io.tandem.connect.transform;

/** One rule of a mapping document, as written. Immutable. */
public sealed interface Rule permits ValueRule, TableRule, RepeatedRule {

    /** The canonical field, a dotted path within the record that the rule belongs to. */
    String field();
}
