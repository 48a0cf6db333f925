package tongchou.server.catalogue;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;

/// Opens the files that people really have (打开文件): XLSX, CSV, and TXT parted by tabs, plain or in a ZIP as the
/// national platform sends it; UTF-8 with or without mark, else GB18030.
public final class CellFile {

    private CellFile() {
    }

    /// Opens a file, of a workbook the first sheet.
    ///
    /// @throws Cells.Unreadable when it is none of these
    public static Cells open(Path file) {
        return open(file, null);
    }

    /// Opens a file.
    ///
    /// @param sheet name or number, from 1, of a sheet of a workbook; null for the first, and for every other file
    /// @throws Cells.Unreadable when it is none of these, or has no such sheet
    public static Cells open(Path file, @Nullable String sheet) {
        try {
            if (!isZip(file)) {
                return text(file, false);
            }
            return isWorkbook(file) ? workbook(file, sheet) : text(file, true);
        } catch (NoSuchFileException nowhere) {
            throw new Cells.Unreadable("there is no file " + nowhere.getMessage(), nowhere);
        } catch (IOException broken) {
            throw new Cells.Unreadable(String.valueOf(broken.getMessage()), broken);
        }
    }

    private static boolean isZip(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(4), new byte[] {'P', 'K', 3, 4});
        }
    }

    private static boolean isWorkbook(Path file) throws IOException {
        try (var zip = new ZipInputStream(Files.newInputStream(file))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals("[Content_Types].xml") || entry.getName().startsWith("xl/")) {
                    return true;
                }
            }
            return false;
        }
    }

    private static InputStream bytes(Path file, boolean zipped) throws IOException {
        var in = Files.newInputStream(file);
        if (!zipped) {
            return in;
        }
        var zip = new ZipInputStream(in);
        for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (!entry.isDirectory()) {
                return zip;
            }
        }
        zip.close();
        throw new Cells.Unreadable("an empty ZIP", null);
    }

    private static Cells text(Path file, boolean zipped) throws IOException {
        for (var charset : List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"))) {
            try (var reader = reader(bytes(file, zipped), charset)) {
                var tabs = tabs(reader);
                return delimited(reader(bytes(file, zipped), charset), tabs);
            } catch (CharacterCodingException another) {
                continue;
            }
        }
        throw new Cells.Unreadable("neither UTF-8 nor GB18030", null);
    }

    /// Reads to the end, so that every byte was decoded.
    ///
    /// @return whether the first line is parted by tabs
    private static boolean tabs(Reader reader) throws IOException {
        var buffer = new char[1 << 16];
        var first = new StringBuilder();
        var line = true;
        for (var read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
            if (line) {
                first.append(buffer, 0, read);
                line = first.indexOf("\n") < 0;
            }
        }
        var end = first.indexOf("\n");
        return first.substring(0, end < 0 ? first.length() : end).contains("\t");
    }

    private static Reader reader(InputStream in, Charset charset) throws IOException {
        var marked = new PushbackInputStream(in, 3);
        var start = marked.readNBytes(3);
        if (!(start.length == 3 && start[0] == (byte) 0xEF && start[1] == (byte) 0xBB && start[2] == (byte) 0xBF)) {
            marked.unread(start);
        }
        return new BufferedReader(new InputStreamReader(marked, charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT)), 1 << 16);
    }

    /// Rows of a delimited text. Rows parted by tabs know no quotes, as the national platform writes them.
    private static Cells delimited(Reader text, boolean tabs) throws IOException {
        if (tabs) {
            var lines = new BufferedReader(text);
            return new Streamed(counted(lines.lines().map(line -> Arrays.asList(line.split("\t", -1))).iterator()),
                    lines);
        }
        var mapper = CsvMapper.builder().enable(CsvParser.Feature.WRAP_AS_ARRAY).build();
        MappingIterator<String[]> rows = mapper.readerFor(String[].class).readValues(text);
        return new Streamed(counted(new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public List<String> next() {
                return Arrays.asList(rows.next());
            }
        }), rows);
    }

    private static Cells workbook(Path file, @Nullable String named) throws IOException {
        var workbook = new ReadableWorkbook(file.toFile());
        var sheet = named == null ? Optional.of(workbook.getFirstSheet()) : workbook.findSheet(named)
                .or(() -> named.matches("[1-9][0-9]{0,2}") ? workbook.getSheet(Integer.parseInt(named) - 1)
                        : Optional.empty());
        if (sheet.isEmpty()) {
            var there = workbook.getSheets().map(Sheet::getName).collect(Collectors.joining(", "));
            workbook.close();
            throw new Cells.Unreadable("no sheet " + named + " among " + there, null);
        }
        var stream = sheet.get().openStream();
        // Rows that hold nothing are left out of the file, but an editor counts them.
        return new Streamed(stream.map(row -> new Cells.Row(row.getRowNum(), IntStream.range(0, row.getCellCount())
                .mapToObj(row::getCellText).map(CellFile::plain).toList())).iterator(), () -> {
            try (workbook; Stream<?> open = stream) {
                open.isParallel();
            }
        });
    }

    private static String plain(@Nullable String cell) {
        return cell == null ? "" : cell.strip();
    }

    /// Rows as an editor counts them, from 1.
    private static Iterator<Cells.Row> counted(Iterator<List<String>> rows) {
        return new Iterator<>() {
            private long number;

            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Cells.Row next() {
                return new Cells.Row(++number, rows.next().stream().map(CellFile::plain).toList());
            }
        };
    }

    /// Rows as they come.
    private static final class Streamed implements Cells {

        private final Iterator<Row> rows;
        private final AutoCloseable source;
        private long number;

        Streamed(Iterator<Row> rows, AutoCloseable source) {
            this.rows = rows;
            this.source = source;
        }

        @Override
        public @Nullable Row next() {
            try {
                if (!rows.hasNext()) {
                    return null;
                }
                var row = rows.next();
                number = row.number();
                return row;
            } catch (RuntimeException broken) {
                throw new Unreadable("row " + (number + 1) + ": " + broken.getMessage(), broken);
            }
        }

        @Override
        public void close() {
            try {
                source.close();
            } catch (Exception left) {
                throw new Unreadable(String.valueOf(left.getMessage()), left);
            }
        }
    }
}
