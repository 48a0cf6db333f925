package tongchou.server.repository;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the files of a repository lie (存放处): a folder, or an HTTP server that gives files by GET and takes them by
/// PUT.
///
/// Paths are relative, with `/` between folders.
sealed interface Shelf {

    /// The largest file that is read, in bytes.
    int LARGEST = 64 << 20;

    /// A file and the mark of its version, by which it is replaced only if nobody did meanwhile.
    record Found(byte[] content, String mark) {
    }

    /// A file, empty when there is none.
    ///
    /// @throws IOException when the shelf cannot be reached
    Optional<Found> read(String path) throws IOException;

    /// Writes a file.
    ///
    /// @param before the mark of what is replaced, empty for a file that is not there, null for any
    /// @return whether it was written; not when somebody was first
    /// @throws IOException when the shelf cannot be reached or takes no files
    boolean write(String path, byte[] content, @Nullable String before) throws IOException;

    /// The shelf of an address.
    ///
    /// @param token for HTTP: goes with every request as bearer token; null for none
    static Shelf of(String address, @Nullable String token) {
        return address.matches("(?i)https?://.*")
                ? new Web(URI.create(address.endsWith("/") ? address : address + "/"), token)
                : new Folder(Path.of(address).toAbsolutePath().normalize());
    }

    private static String mark(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// A folder.
    record Folder(Path root) implements Shelf {

        private Path inside(String path) throws IOException {
            var place = root.resolve(path).normalize();
            if (!place.startsWith(root)) {
                throw new IOException("a path that leads out of the repository: " + path);
            }
            return place;
        }

        @Override
        public Optional<Found> read(String path) throws IOException {
            if (!Files.isDirectory(root)) {
                throw new IOException(root + " is no folder");
            }
            try {
                if (Files.size(inside(path)) > LARGEST) {
                    throw new IOException(path + " is larger than " + LARGEST + " bytes");
                }
                var content = Files.readAllBytes(inside(path));
                return Optional.of(new Found(content, mark(content)));
            } catch (NoSuchFileException none) {
                return Optional.empty();
            }
        }

        @Override
        public boolean write(String path, byte[] content, @Nullable String before) throws IOException {
            var place = inside(path);
            Files.createDirectories(place.getParent());
            if (before != null && !before.equals(read(path).map(Found::mark).orElse(""))) {
                return false;
            }
            var fresh = Files.createTempFile(place.getParent(), ".new", ".tmp");
            try {
                Files.write(fresh, content);
                Files.move(fresh, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
            return true;
        }
    }

    /// An HTTP server.
    record Web(URI root, @Nullable String token) implements Shelf {

        private static final int TIMEOUT = 30_000;

        private HttpURLConnection open(String path, String method) throws IOException {
            var address = root.resolve(path);
            if (!address.toString().startsWith(root.toString())) {
                throw new IOException("a path that leads out of the repository: " + path);
            }
            var connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setRequestMethod(method);
            connection.setConnectTimeout(TIMEOUT);
            connection.setReadTimeout(TIMEOUT);
            if (token != null) {
                connection.setRequestProperty("Authorization", "Bearer " + token);
            }
            return connection;
        }

        @Override
        public Optional<Found> read(String path) throws IOException {
            var connection = open(path, "GET");
            try (var in = connection.getInputStream()) {
                var content = in.readNBytes(LARGEST + 1);
                if (content.length > LARGEST) {
                    throw new IOException(path + " is larger than " + LARGEST + " bytes");
                }
                var etag = connection.getHeaderField("ETag");
                return Optional.of(new Found(content, etag == null ? "" : etag));
            } catch (FileNotFoundException none) {
                return Optional.empty();
            }
        }

        @Override
        public boolean write(String path, byte[] content, @Nullable String before) throws IOException {
            var connection = open(path, "PUT");
            if (before != null && before.isEmpty()) {
                connection.setRequestProperty("If-None-Match", "*");
            } else if (before != null) {
                connection.setRequestProperty("If-Match", before);
            }
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(content.length);
            try (var out = connection.getOutputStream()) {
                out.write(content);
            }
            var status = connection.getResponseCode();
            if (status == HttpURLConnection.HTTP_PRECON_FAILED) {
                return false;
            }
            if (status >= HttpURLConnection.HTTP_MULT_CHOICE) {
                throw new IOException(root + path + ": HTTP " + status);
            }
            return true;
        }
    }
}
