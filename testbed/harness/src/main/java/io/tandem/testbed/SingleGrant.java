package io.tandem.testbed;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One right on one object, to be taken away and given back. Immutable.
 *
 * @param right like {@code SELECT}
 * @param object like {@code customer} or {@code SCHEMA public}
 * @param user who has it
 */
public record SingleGrant(String right, String object, String user) {

    private static final Pattern GRANT = Pattern.compile("GRANT (.+) ON (.+) TO (\\S+);");

    /** Returns what these statements give, one by one. */
    static List<SingleGrant> of(String statements) {
        return statements.lines().flatMap(SingleGrant::ofStatement).toList();
    }

    private static Stream<SingleGrant> ofStatement(String statement) {
        Matcher grant = GRANT.matcher(statement);
        if (!grant.matches()) {
            throw new IllegalArgumentException("not a grant: " + statement);
        }
        return Stream.of(grant.group(1).split(", ", -1))
                .map(right -> new SingleGrant(right, grant.group(2), grant.group(3)));
    }

    /** Returns the statement that gives it. */
    public String grant() {
        return "GRANT " + right + " ON " + object + " TO " + user;
    }

    /** Returns the statement that takes it away. */
    public String revoke() {
        return "REVOKE " + right + " ON " + object + " FROM " + user;
    }

    /** Returns the object's name, without its kind and its schema. */
    public String name() {
        return object.substring(Math.max(object.lastIndexOf('.'), object.lastIndexOf(' ')) + 1);
    }
}
