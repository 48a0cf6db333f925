package tongchou.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tongchou.api.http.Role;
import tongchou.api.http.Words;

/// `docs/reference/access.md` shows the table of permissions as the code has it.
class AccessPageTest {

    /// The table as the page shows it; to bring the page up to date, copy it from the message of the failed test.
    private static String table() {
        return Stream.of(Action.values()).map(action -> "| " + Words.of(action) + " | " + action.title() + " | "
                + Stream.of(Role.values()).map(role -> action.allows(role) ? "●" : " ")
                .collect(Collectors.joining(" | "))
                + " | " + action.routes().stream().map(route -> "`" + route + "`").collect(Collectors.joining(", "))
                + " |")
                .collect(Collectors.joining("\n"));
    }

    @Test
    void thePageShowsTheTable() throws IOException {
        var page = Files.readAllLines(Path.of("../docs/reference/access.md")).stream()
                .filter(line -> line.matches("\\| [a-z-]+ \\| .*`(GET|POST) /.*"))
                .collect(Collectors.joining("\n"));
        assertEquals(table(), page);
    }

    @Test
    void everyRouteStandsAtOneActionOnly() {
        var routes = Stream.of(Action.values()).flatMap(action -> action.routes().stream()).toList();
        assertEquals(routes.stream().distinct().toList(), routes);
    }
}
