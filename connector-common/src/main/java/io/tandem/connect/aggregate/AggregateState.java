package io.tandem.connect.aggregate;

import java.util.List;

/**
 * The data of one aggregate on this master.
 *
 * @param root the root row
 * @param children per child collection, in the order of the aggregate's definition, its rows
 */
public record AggregateState(Row root, List<List<Row>> children) {

    public AggregateState {
        children = List.copyOf(children);
    }
}
