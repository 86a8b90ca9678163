package io.tandem.distribution.chaos;

import io.tandem.distribution.chaos.Strike.Fault;
import io.tandem.testbed.DatabaseServer;
import io.tandem.testbed.TestbedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Makes faults happen, and makes them good again. For one thread. */
final class Faults {

    private static final String TANDEM = "tandem";
    private static final int CUTS = 3;
    private static final long BETWEEN_CUTS_MILLIS = 300;
    private static final long LONGER_THAN_THE_SESSION_MILLIS = 8_000;

    private final Rig rig;
    private final SentAgain again;

    Faults(Rig rig, SentAgain again) {
        this.rig = rig;
        this.again = again;
    }

    /**
     * Lets a fault strike.
     *
     * @throws RuntimeException if it cannot, as while another fault lasts; {@link #heal} is to be called also then
     */
    void strike(Fault fault) {
        switch (fault.kind()) {
            case KILL_WORKER -> rig.pair().worker().kill();
            case FREEZE_WORKER -> {
                rig.pair().worker().freeze();
                Waiting.pause(LONGER_THAN_THE_SESSION_MILLIS);
            }
            case JOIN_AND_LEAVE, JOIN_AND_DIE -> rig.startSecondWorker();
            case KILL_BROKER -> rig.pair().broker().kill();
            case KILL_REGISTRY -> rig.pair().registry().kill();
            case KILL_LEGACY -> server(Side.LEGACY).kill();
            case KILL_MODERN -> server(Side.MODERN).kill();
            case CUT_LEGACY -> cut(Side.LEGACY);
            case CUT_MODERN -> cut(Side.MODERN);
            case READ_ONLY_LEGACY -> server(Side.LEGACY).setReadOnly(true);
            case READ_ONLY_MODERN -> server(Side.MODERN).setReadOnly(true);
            case PAUSE -> some(rig.connectors(), fault, rig.rest()::pause);
            case STOP -> some(rig.connectors(), fault, rig.rest()::stop);
            case RESTART -> some(rig.connectors(), fault, name -> rig.rest().restart(name, false));
            case READ_AGAIN -> some(rig.connectors("sink"), fault, again::readAgain);
            case SEND_AGAIN -> again.sendAgain(new Random(fault.choice()));
        }
    }

    /**
     * Ends a fault.
     *
     * @throws RuntimeException if that does not work yet, as while another fault lasts
     */
    void heal(Fault fault) {
        switch (fault.kind()) {
            case KILL_WORKER -> rig.pair().worker().restart();
            case FREEZE_WORKER -> rig.pair().worker().thaw();
            case JOIN_AND_LEAVE -> rig.stopSecondWorker();
            case JOIN_AND_DIE -> rig.killSecondWorker();
            case KILL_BROKER -> rig.pair().broker().restart();
            case KILL_REGISTRY -> rig.pair().registry().restart();
            case KILL_LEGACY -> server(Side.LEGACY).restart();
            case KILL_MODERN -> server(Side.MODERN).restart();
            case READ_ONLY_LEGACY -> server(Side.LEGACY).setReadOnly(false);
            case READ_ONLY_MODERN -> server(Side.MODERN).setReadOnly(false);
            case PAUSE, STOP -> some(rig.connectors(), fault, rig.rest()::resume);
            case READ_AGAIN -> some(rig.connectors("sink"), fault, rig.rest()::resume);
            case CUT_LEGACY, CUT_MODERN, RESTART, SEND_AGAIN -> {
                // over as soon as it has struck
            }
        }
    }

    private DatabaseServer server(Side side) {
        return rig.master(side).server();
    }

    private void cut(Side side) {
        for (int i = 0; i < CUTS; i++) {
            server(side).cutSessions(TANDEM);
            Waiting.pause(BETWEEN_CUTS_MILLIS);
        }
    }

    /** At least one of these, the same for striking and healing. */
    private static void some(List<String> names, Fault fault, Consumer<String> action) {
        Random random = new Random(fault.choice());
        List<String> chosen = new ArrayList<>(names);
        Collections.shuffle(chosen, random);
        RuntimeException failure = null;
        for (String name : chosen.subList(0, 1 + random.nextInt(names.size()))) {
            try {
                action.accept(name);
            } catch (TestbedException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
