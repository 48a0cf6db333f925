package tongchou.server.house;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a text file of the repository must look like (文本整洁): one finding a line, each with what to do instead.
final class Tidy {

    private static final int WIDEST = 120;

    /// A line that is one text and nothing else; it may be as wide as it is, like the lines of a text block.
    private static final Pattern LITERAL = Pattern.compile("\\s*\"(?:[^\"\\\\]|\\\\.)*\"[,;)]*");

    /// Something that must not be written, where, and what is written instead.
    ///
    /// @param where the files it is banned from, as a pattern over the path
    /// @param except the files that may hold it, as a pattern over the path; matches nothing when empty
    private record Banned(String what, String where, String except, String instead) {

        boolean concerns(String path) {
            return path.matches(where) && !path.matches(except);
        }
    }

    private static final String EVERYWHERE = ".*";
    private static final String NOWHERE = "";
    private static final String PROSE = ".*\\.md";
    private static final String JAVA = ".*\\.java";

    /// The rules themselves and their bad samples.
    private static final String HERE = "server/src/test/java/tongchou/server/house/.*";

    private static final List<Banned> BANNED = List.of(
            new Banned("\\butils\\b", EVERYWHERE, NOWHERE, "name the package or class for what it knows"),
            new Banned("\\bDTOs?\\b", EVERYWHERE, NOWHERE, "a record, named for what it holds"),
            new Banned("\\b(T\u004fDO|F\u0049XME|X\u0058X|HACK)\\b", EVERYWHERE, NOWHERE,
                    "do it now, or leave it out and say so in docs"),
            new Banned("(?<![\\w.~-])/(work|root|home/\\w+|Users/\\w+|mnt)/", EVERYWHERE, "docs/LICENSE",
                    "a path relative to the repository, or a variable"),
            new Banned("[A-Z]:\\\\Users\\\\", EVERYWHERE, NOWHERE, "a path relative to the repository, or a variable"),
            new Banned("repo1?\\.maven\\.(apache\\.)?org|maven\\.aliyun\\.com|mirrors?\\.[a-z0-9-]+\\.(com|cn|edu|org)"
                    + "|/artifactory/|/nexus/", EVERYWHERE, "mvnw|\\.mvn/.*",
                    "no host of a registry: Maven's settings name it, .mvn alone names Maven's own archive"),
            new Banned("https?://", "policy-packs/[^/]+/data/.*", NOWHERE,
                    "title, number, issuer and day of the document in sources.yaml; links go stale and lead to copies"),
            new Banned("/\\*\\*(?![*/])", JAVA, NOWHERE, "a Markdown comment: ///"),
            new Banned("@author\\b", JAVA, NOWHERE, "nothing: the history knows"),
            new Banned("assertTrue\\([\\w.()]+\\.equals\\([^,]*\\)\\);", JAVA, NOWHERE,
                    "assertEquals, so that the failure prints both values"),
            new Banned("import (static )?[\\w.]+\\.\\*;", ".*/src/main/.*\\.java", NOWHERE, "every import by name"),
            new Banned("(?i)\\b(blazing|seamless(ly)?|effortless(ly)?|state-of-the-art|cutting-edge|world-class"
                    + "|game-chang\\w+|best-in-class|leverage[sd]?|utili[sz]e[sd]?|robust)\\b", PROSE, NOWHERE,
                    "what it does, and what was measured"),
            new Banned("(?i)\\b(white|black)list", EVERYWHERE, NOWHERE,
                    "allowed and refused, or a list named for what it lists"));

    private Tidy() {
    }

    /// Everything wrong with a file, as `path:line: what: instead`.
    ///
    /// @param path place in the repository, with `/` between folders
    static List<String> findings(String path, byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notUtf8) {
            return List.of(path + ": not UTF-8: save it as UTF-8");
        }
        var found = new ArrayList<String>();
        if (text.startsWith("\uFEFF")) {
            found.add(path + ":1: byte order mark: save it as UTF-8 without one");
        }
        form(path, text, found);
        words(path, text, found);
        if (path.endsWith(".csv")) {
            found.addAll(Csv.findings(path, text));
        }
        return found;
    }

    private static void form(String path, String text, List<String> found) {
        var windows = path.endsWith(".cmd");
        if (!windows && text.contains("\r")) {
            found.add(path + ": carriage returns: end lines with LF alone");
        }
        if (!text.isEmpty() && !text.endsWith("\n")) {
            found.add(path + ": no line end at the end: end the last line too");
        }
        if (text.endsWith("\n\n")) {
            found.add(path + ": empty lines at the end: end with the last line");
        }
        var number = 0;
        var inBlock = false;
        for (var line : text.lines().toList()) {
            number++;
            var at = path + ":" + number + ": ";
            if (line.contains("\t")) {
                found.add(at + "tab: indent with spaces");
            }
            if (line.endsWith(" ")) {
                found.add(at + "space at the end of the line: take it away");
            }
            var columns = line.codePointCount(0, line.length());
            if (path.endsWith(".java") && columns > WIDEST && !inBlock && !LITERAL.matcher(line).matches()) {
                found.add(at + columns + " columns: at most " + WIDEST);
            }
            inBlock ^= (line.length() - line.replace("\"\"\"", "").length()) / 3 % 2 != 0;
        }
    }

    private static void words(String path, String text, List<String> found) {
        if (path.matches(HERE)) {
            return;
        }
        for (var banned : BANNED) {
            if (!banned.concerns(path)) {
                continue;
            }
            var pattern = Pattern.compile(banned.what);
            var number = 0;
            for (var line : text.lines().toList()) {
                number++;
                var matcher = pattern.matcher(line);
                if (matcher.find()) {
                    found.add(path + ":" + number + ": `" + matcher.group() + "`: " + banned.instead);
                }
            }
        }
    }

    /// Tables of comma-separated values are sorted by their key, so that a change shows as one line.
    static final class Csv {

        private Csv() {
        }

        /// The key is `code` and `from` where the header names them, else the first column.
        static List<String> findings(String path, String text) {
            var rows = text.lines().toList();
            if (rows.isEmpty()) {
                return List.of(path + ": empty: at least a header");
            }
            var header = cells(rows.getFirst());
            var key = header.contains("code") ? List.of("code", "from") : List.of(header.getFirst());
            var found = new ArrayList<String>();
            var before = "";
            for (var i = 1; i < rows.size(); i++) {
                var at = path + ":" + (i + 1) + ": ";
                var cells = cells(rows.get(i));
                if (cells.size() != header.size()) {
                    found.add(at + cells.size() + " cells: as many as the header, " + header.size());
                    continue;
                }
                var here = String.join(" ", key.stream().filter(header::contains)
                        .map(name -> cells.get(header.indexOf(name))).toList());
                if (here.compareTo(before) < 0) {
                    found.add(at + "`" + here + "` after `" + before + "`: sort by " + String.join(", ", key));
                }
                before = here;
            }
            return found;
        }

        private static List<String> cells(String row) {
            var cells = new ArrayList<String>();
            var cell = new StringBuilder();
            var quoted = false;
            for (var sign : row.toCharArray()) {
                if (sign == '"') {
                    quoted = !quoted;
                } else if (sign == ',' && !quoted) {
                    cells.add(cell.toString());
                    cell.setLength(0);
                } else {
                    cell.append(sign);
                }
            }
            cells.add(cell.toString());
            return cells;
        }
    }
}
