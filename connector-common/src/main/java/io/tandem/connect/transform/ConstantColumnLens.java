package io.tandem.connect.transform;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;

/** A column that holds the same value in every row: checked when it is read, written always. */
final class ConstantColumnLens implements Lens {

    private final String column;
    private final Literal literal;
    private final Schema type;
    private final Object constant;

    /**
     * @param type the type of the column on the way back
     * @throws DataException if the constant is not of that type
     */
    ConstantColumnLens(String column, Literal literal, Schema type) {
        this.column = column;
        this.literal = literal;
        this.type = type;
        this.constant = literal.in(type);
    }

    /** None: no canonical field knows about the column. */
    @Override
    public List<String> fields() {
        return List.of();
    }

    @Override
    public String origin() {
        return Unmappable.column(column);
    }

    @Override
    public Step toCanonical(Level local, Level canonical) {
        Level.Leaf source = local.leaf(column);
        if (source == null) {
            throw Unmappable.noColumn(origin(), "");
        }
        Object expected;
        try {
            expected = literal.in(Schemas.scalar(source.schema(), false));
        } catch (DataException e) {
            throw unmappable("can't hold the constant of the rule: " + e.getMessage());
        }
        return (from, to) -> {
            if (!expected.equals(source.read(from))) {
                throw unmappable("does not hold the constant of the rule, which would be written over it");
            }
        };
    }

    @Override
    public Optional<Step> fromCanonical(Level canonical, LocalShape local) {
        int cell = local.column(column, type, false);
        return Optional.of((from, to) -> to[cell] = constant);
    }

    private Unmappable unmappable(String reason) {
        return new Unmappable(origin(), "", reason);
    }
}
