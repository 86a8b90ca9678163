package io.tandem.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Copies and deletes whole directories; creates those that go away with the JVM. Thread-safe. */
final class Directories {

    private Directories() {}

    /**
     * Creates a directory under java.io.tmpdir that the shutdown hook removes if {@link #delete} was not called. Its name
     * tells the number of this process.
     */
    static Path temporary(String name) {
        try {
            String prefix = "tandem-" + name + "-" + ProcessHandle.current().pid() + "-";
            Path dir = Files.createTempDirectory(prefix).toRealPath();
            Shutdown.REGISTRY.add(dir);
            return dir;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes the directory and all in it; does nothing if it is not there. */
    static void delete(Path dir) {
        try {
            if (Files.exists(dir)) {
                Files.walkFileTree(dir, new Deletion());
            }
            Shutdown.REGISTRY.remove(dir);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + dir, e);
        }
    }

    /** Copies what is in a directory, with its permissions (a PostgreSQL server insists on them). */
    static void copy(Path from, Path to) {
        try {
            Files.walkFileTree(from, new Copy(from, to));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + from + " to " + to, e);
        }
    }

    /** Copies what is in a directory while others work in it; what goes meanwhile is left out. */
    static void copyLive(Path from, Path to) {
        try {
            Files.walkFileTree(from, new LiveCopy(from, to));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + from + " to " + to, e);
        }
    }

    /** Writes a file, creating the folders above it. */
    static void write(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) throws IOException {
            if (e != null) {
                throw e;
            }
            Files.deleteIfExists(dir);
            return FileVisitResult.CONTINUE;
        }
    }

    private static class Copy extends SimpleFileVisitor<Path> {
        private final Path from;
        private final Path to;

        Copy(Path from, Path to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
            Path target = to.resolve(from.relativize(dir).toString());
            if (!Files.isDirectory(target)) {
                Files.copy(dir, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Path target = to.resolve(from.relativize(file).toString());
            Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
        }
    }

    private static final class LiveCopy extends Copy {
        LiveCopy(Path from, Path to) {
            super(from, to);
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            try {
                return super.visitFile(file, attributes);
            } catch (NoSuchFileException e) {
                return FileVisitResult.CONTINUE;
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }
    }
}
