package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tongchou.api.http.ProblemCode;
import tongchou.core.settlement.RefusalCode;
import tongchou.server.intake.Replies;

/// `docs/reference/refusals.md` and the code list the same codes in the same order, with the same status and name.
class RefusalsPageTest {

    private static final Pattern ROW = Pattern.compile("^\\| `([A-Z_]+)` \\| (\\d{3}) \\| ([^|]+?) \\|");

    @Test
    void thePageListsEveryCodeInOrder() throws IOException {
        var page = new ArrayList<String>();
        for (var line : Files.readAllLines(Path.of("../docs/reference/refusals.md"))) {
            var row = ROW.matcher(line);
            if (row.find()) {
                page.add(row.group(1) + " " + row.group(2) + " " + row.group(3));
            }
        }
        var code = new ArrayList<String>();
        for (var problem : ProblemCode.values()) {
            if (problem == ProblemCode.STORE_UNAVAILABLE) {
                for (var refusal : RefusalCode.values()) {
                    code.add(refusal.name() + " 422 " + Replies.title(refusal, true));
                }
            }
            code.add(problem.name() + " " + problem.status() + " " + problem.title(true));
        }
        assertEquals(String.join("\n", code), String.join("\n", page));
    }
}
