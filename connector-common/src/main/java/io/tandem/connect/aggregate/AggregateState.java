package io.tandem.connect.aggregate;

import java.util.List;

/**
 * The data of one aggregate on this master: a row with the rows below it, each of which is such a tree itself.
 *
 * @param root the row
 * @param children per child collection right below, in the order of {@link Aggregate#childrenOf}, its rows
 */
public record AggregateState(Row root, List<List<AggregateState>> children) {

    public AggregateState {
        children = List.copyOf(children);
    }

    /** A row whose child rows have no children of their own. */
    public static AggregateState of(Row root, List<List<Row>> children) {
        return new AggregateState(
                root,
                children.stream()
                        .map(rows -> rows.stream()
                                .map(row -> new AggregateState(row, List.of()))
                                .toList())
                        .toList());
    }
}
