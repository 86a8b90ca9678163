package io.tandem.testbed;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What takes seconds to install is installed once below a build's target folder. Safe among threads and processes. */
final class InstallCache {

    private InstallCache() {}

    /** Fills an empty folder. */
    @FunctionalInterface
    interface Installer {
        void install(Path folder) throws Exception;
    }

    /**
     * Returns the folder, installed.
     *
     * @throws TestbedException if the installation fails; the next call tries again
     */
    static synchronized Path once(Path folder, Installer installer) {
        Path lockFile = folder.resolveSibling(folder.getFileName() + ".lock");
        Path done = folder.resolveSibling(folder.getFileName() + ".done");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new IOException("no lock on " + lockFile);
            }
            if (!Files.exists(done)) {
                Directories.delete(folder);
                Files.createDirectory(folder);
                installer.install(folder);
                Files.createFile(done);
            }
            return folder;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("interrupted while installing " + folder.getFileName(), e);
        } catch (Exception e) {
            throw new TestbedException("cannot install " + folder.getFileName() + ": " + e.getMessage(), e);
        }
    }
}
