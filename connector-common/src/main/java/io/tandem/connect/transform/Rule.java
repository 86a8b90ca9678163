package io.tandem.connect.transform;

import java.util.List;

/** One rule of a mapping document, as written. Immutable. */
public sealed interface Rule
        permits ValueRule,
                SeparatedRule,
                TableRule,
                ExtensionRule,
                RepeatedRule,
                ConstantColumnRule,
                ConstantFieldRule,
                JoinRule,
                SplitRule,
                PositionsRule,
                LookupRule,
                CustomRule,
                ConditionalRule,
                ReadOnlyRule {

    /** The columns that the rule reads or writes in the row that it belongs to, in the document's order. */
    List<String> columns();
}
