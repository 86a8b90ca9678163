package io.tandem.benchmarks.rig;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CpuTest {

    @Test
    void counts_what_a_process_has_used_that_is_a_part_of_a_part_and_has_ended() throws IOException {
        double before = Cpu.ofParts();
        // works until Linux has counted 10 ticks for it, says so, and ends; its parent stays and does nothing
        String work = "while t=$(cut -d' ' -f14 /proc/$$/stat); [ $t -lt 10 ]; do i=0; "
                + "while [ $i -lt 20000 ]; do i=$((i+1)); done; done";
        Process part =
                new ProcessBuilder(List.of("/bin/sh", "-c", "/bin/sh -c \"$0\"; echo; read never", work)).start();
        try {
            // the line comes when the worker has ended
            part.getInputStream().read();

            await().until(() -> Cpu.ofParts() - before >= 0.1);
        } finally {
            part.destroyForcibly();
        }
    }
}
