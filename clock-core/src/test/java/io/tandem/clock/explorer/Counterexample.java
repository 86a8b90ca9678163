package io.tandem.clock.explorer;

import java.util.List;

/**
 * A shortest way to a violation.
 *
 * @param steps one line each
 * @param states what each participant shows at the end, one line each
 */
record Counterexample(Violation violation, List<String> steps, List<String> states) {

    /** How many steps it takes. */
    int length() {
        return steps.size();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            text.append("  ").append(i + 1).append(". ").append(steps.get(i)).append('\n');
        }
        states.forEach(state -> text.append("  at the end ").append(state).append('\n'));
        return text.append("  ").append(violation).toString();
    }
}
