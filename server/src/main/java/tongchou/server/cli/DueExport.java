package tongchou.server.cli;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tongchou.storage.Dues;

/// Writes what corrections left due as CSV (应补应退导出): a line for each correction, amounts in fen, which add up to
/// what `GET /v1/amounts-due` says by institution.
final class DueExport {

    /// What it is called in `--kind`.
    static final String KIND = "amounts-due";

    private static final int PAGE = 1_000;

    private DueExport() {
    }

    /// Writes the file.
    ///
    /// @return how many corrections
    /// @throws IOException when it cannot be written
    static long write(Dues dues, Dues.Time time, Path file) throws IOException {
        var growing = file.resolveSibling(file.getFileName() + ".part");
        var count = 0L;
        try (var writer = Files.newBufferedWriter(growing, StandardCharsets.UTF_8)) {
            writer.write('\uFEFF');
            try (var rows = new CsvMapper().writerFor(String[].class).writeValues(writer)) {
                rows.write(new String[] {"institution", "settlement", "correction", "member", "booked-at",
                    "from-funds-fen", "from-accounts-fen", "to-persons-fen"});
                var after = 0L;
                for (var page = dues.lines(time, "", after, PAGE); !page.isEmpty();
                        page = dues.lines(time, "", after, PAGE)) {
                    for (var line : page) {
                        rows.write(new String[] {line.institution(), line.settlement(), line.correction(),
                            line.member(), line.bookedAt().toString(),
                            Long.toString(line.shares().fromFunds().value()),
                            Long.toString(line.shares().fromAccounts().value()),
                            Long.toString(line.shares().toPersons().value())});
                        count++;
                        after = line.number();
                    }
                }
            }
        }
        Files.move(growing, file, StandardCopyOption.REPLACE_EXISTING);
        return count;
    }
}
