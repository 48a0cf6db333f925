package tongchou.server.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// The programs of PostgreSQL that copy and restore a database (`pg_dump`、`pg_restore`), found on the path.
///
/// @param user the user of the database; the password is that of the environment
record PostgresTools(Surroundings surroundings, String user) {

    String password() {
        return surroundings.environment().getOrDefault(Serve.PASSWORD, "");
    }

    /// An address as these programs take it.
    ///
    /// @param url as JDBC takes it
    static String address(String url) {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(url + " is not jdbc:postgresql://...");
        }
        return url.substring("jdbc:".length());
    }

    /// Restores a copy into a database that is empty: one that holds anything of the same name is left as it is.
    ///
    /// @throws IOException when that fails; then nothing is restored
    void restore(Path copy, String url) throws IOException {
        run(List.of("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges",
                "--dbname=" + address(url), copy.toString()));
    }

    /// Runs a program to its end.
    ///
    /// @throws IOException when it is not there or fails, with what it said
    void run(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGUSER", user);
        builder.environment().put("PGPASSWORD", password());
        var process = builder.start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command.getFirst() + ": "
                        + said.lines().limit(2).collect(Collectors.joining(" ")));
            }
        } catch (InterruptedException stopped) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException(command.getFirst() + " was stopped", stopped);
        }
    }
}
