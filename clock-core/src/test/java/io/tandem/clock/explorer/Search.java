package io.tandem.clock.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;

/**
 * Looks for a shortest counterexample to broken rules, and prints it. Fails if there is none, and also if the production
 * rules break anything in the same world: then the world would be broken, and not the rule.
 */
final class Search {

    private final String name;
    private final World world;
    private final Rules broken;

    private Search(String name, World world, Rules broken) {
        this.name = name;
        this.world = world;
        this.broken = broken;
    }

    /** @param name what is broken, without spaces */
    static Search shortest(String name, World world, Rules broken) {
        return new Search(name, world, broken);
    }

    /** To a state in which nothing is on its way and the participants show different data. */
    Counterexample toDifferentDataUnder(String which) {
        return to(violation -> violation.invariant() == Invariant.CONVERGENCE
                && violation.finding().contains("different data under " + which));
    }

    Counterexample to(Invariant invariant) {
        return to(violation -> violation.invariant() == invariant);
    }

    Counterexample to(Predicate<Violation> wanted) {
        Counterexample found =
                new Explorer(world, broken).explore(wanted, end -> {}).counterexample();
        if (found == null) {
            throw new AssertionError("no counterexample to " + name + " in " + world);
        }
        System.out.println("COUNTEREXAMPLE " + name + " steps=" + found.length() + "\n" + found);
        assertThat(new Explorer(world, new ProductionRules(world.policy()))
                        .explore()
                        .counterexample())
                .as("what the production rules break in the same world")
                .isNull();
        return found;
    }
}
