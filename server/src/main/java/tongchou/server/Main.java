package tongchou.server;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import tongchou.server.cli.Surroundings;
import tongchou.server.cli.Tongchou;
import tongchou.server.http.OrderedIds;

/// The entry of the program (入口): the only place with a clock, and the only source of ids.
public final class Main {

    private Main() {
    }

    /// Runs the command that the arguments name and leaves with its exit code; a server goes on in its own threads.
    public static void main(String[] arguments) {
        Tongchou.makeReady(arguments);
        var home = System.getProperty("tongchou.home");
        var random = new SecureRandom();
        var surroundings = new Surroundings(System.out, System.err, System.in, Clock.systemUTC(),
                new OrderedIds(Clock.systemUTC(), random), random, version(), home == null ? Path.of("")
                : Path.of(home),
                Locale.getDefault(), System.getenv());
        var exit = Tongchou.run(surroundings, arguments);
        if (exit != Tongchou.SERVING) {
            System.exit(exit);
        }
    }


    /// The version of this Tongchou without what a build may append to it.
    private static String version() {
        return Main.class.getModule().getDescriptor().rawVersion().orElse("0.1.0").replaceAll("-.*", "");
    }
}
