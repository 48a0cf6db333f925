package tongchou.server.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What a command works with (运行环境).
///
/// @param ids gives ids, never the same twice
/// @param random gives the secrets of keys
/// @param home where the distribution lies; the working directory when there is none
/// @param locale the language spoken unless `--lang` says otherwise
/// @param environment environment variables
public record Surroundings(
        PrintStream out, PrintStream err, InputStream in, Clock clock, Supplier<String> ids, RandomGenerator random,
        String version, Path home,
        Locale locale, Map<String, String> environment) {
}
