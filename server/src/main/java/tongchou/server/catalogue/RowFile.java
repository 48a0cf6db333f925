package tongchou.server.catalogue;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/// A file of rows that is being written (写表格): what [CellFile] opens again.
interface RowFile extends AutoCloseable {

    /// Writes a row.
    ///
    /// @throws IOException when it cannot be written
    void row(List<String> cells) throws IOException;

    @Override
    void close() throws IOException;

    /// A file with a header: XLSX when the name of the list ends so, else CSV in UTF-8 with a mark, which spreadsheets
    /// need.
    ///
    /// @param file where it is written
    /// @param name what it will be called
    static RowFile of(Path file, Path name) throws IOException {
        return name.toString().toLowerCase(Locale.ROOT).endsWith(".xlsx") ? new Book(file) : new Comma(file);
    }

    /// A file as the national platform sends it: cells parted by tabs, no header.
    static RowFile tabbed(Path file) throws IOException {
        return new Tab(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
    }

    /// Cells parted by commas.
    final class Comma implements RowFile {

        private final SequenceWriter rows;

        Comma(Path file) throws IOException {
            var writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
            writer.write('\uFEFF');
            this.rows = new CsvMapper().writerFor(String[].class).writeValues(writer);
        }

        @Override
        public void row(List<String> cells) throws IOException {
            rows.write(cells.toArray(String[]::new));
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }

    /// Cells parted by tabs; a tab or a break within a cell becomes a space.
    record Tab(Writer writer) implements RowFile {

        @Override
        public void row(List<String> cells) throws IOException {
            var before = "";
            for (var cell : cells) {
                writer.write(before);
                writer.write(cell.replaceAll("[\\t\\r\\n]+", " "));
                before = "\t";
            }
            writer.write("\r\n");
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }

    /// A workbook of one sheet, which is not kept in memory.
    final class Book implements RowFile {

        /// As many rows as a sheet can have.
        private static final int MOST = 1_048_576;
        private static final int TOGETHER = 500;

        private final OutputStream stream;
        private final Workbook workbook;
        private final Worksheet sheet;
        private int row;

        Book(Path file) throws IOException {
            this.stream = new BufferedOutputStream(Files.newOutputStream(file));
            this.workbook = new Workbook(stream, "Tongchou", null);
            this.sheet = workbook.newWorksheet("1");
        }

        @Override
        public void row(List<String> cells) throws IOException {
            if (row == MOST) {
                throw new IOException("more than " + MOST + " rows: write CSV");
            }
            for (var column = 0; column < cells.size(); column++) {
                if (!cells.get(column).isEmpty()) {
                    sheet.inlineString(row, column, cells.get(column));
                }
            }
            if (++row % TOGETHER == 0) {
                sheet.flush();
            }
        }

        @Override
        public void close() throws IOException {
            try (stream) {
                workbook.finish();
            }
        }
    }
}
