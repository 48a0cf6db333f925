package tongchou.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tongchou.api.pack.PackFiles;
import tongchou.server.trust.PackContents;

/// The guide for authors of packs, done word by word: every file is written, every command run in its order, and what
/// the page shows is what comes out.
class PackAuthorGuideTest {

    private static final Pattern NAMED = Pattern.compile("^`([\\w./-]+\\.(?:yaml|md|json|csv))`.*");
    private static final Pattern SUBSTITUTION = Pattern.compile("sed -i 's/([^/]*)/([^/]*)/' (\\S+)");
    private static final Pattern KEY = Pattern.compile("pack-[0-9a-f]{16}");

    @TempDir
    private Path home;

    private final Shell shell = new Shell();
    private String printed = "";

    @ParameterizedTest
    @ValueSource(strings = {"pack-author.md", "pack-author.zh.md"})
    void whoeverFollowsThePageGetsWhatItShows(String page) throws IOException {
        for (var shipped : List.of("national", "shandong")) {
            PackContents.ofFolder(PackFiles.of(Path.of("../policy-packs").resolve(shipped)), shipped, "1.0.0",
                    ">=0.1.0 & <0.2.0").write(home.resolve("packs/" + shipped + ".jar"));
        }
        var lines = Files.readAllLines(Path.of("../docs/guide").resolve(page));
        var name = "";
        var done = new ArrayList<String>();
        for (var i = 0; i < lines.size(); i++) {
            var named = NAMED.matcher(lines.get(i));
            if (named.matches()) {
                name = named.group(1);
            } else if (lines.get(i).startsWith("```")) {
                var kind = lines.get(i).substring(3);
                var block = new ArrayList<String>();
                for (i++; !lines.get(i).equals("```"); i++) {
                    block.add(lines.get(i));
                }
                done.add(kind);
                perform(kind, name, block);
                name = "";
            }
        }
        assertEquals(List.of(15L, 12L, 11L), List.of(count(done, "sh"), count(done, ""), count(done, "yaml")));
    }

    private static long count(List<String> kinds, String kind) {
        return kinds.stream().filter(kind::equals).count();
    }

    private void perform(String kind, String name, List<String> block) throws IOException {
        switch (kind) {
            case "sh" -> {
                printed = "";
                for (var command : String.join("\n", block).replaceAll("\\\\\n\\s*", "").split("\n")) {
                    command(command);
                }
            }
            case "" -> shown(block);
            case "text" -> { }
            default -> {
                assertTrue(!name.isEmpty(), "a block without a file: " + block);
                var file = home.resolve(name);
                Files.createDirectories(file.getParent());
                Files.writeString(file, String.join("\n", block) + "\n");
            }
        }
    }

    /// What the page shows came out, line after line; a line of three dots stands for any others.
    private void shown(List<String> block) {
        var read = printed.stripTrailing().lines().map(PackAuthorGuideTest::plain).toList();
        var expected = String.join("\n", block.stream().map(PackAuthorGuideTest::plain).toList());
        if (!block.contains("...")) {
            assertEquals(expected, String.join("\n", read));
            return;
        }
        var at = 0;
        for (var line : block) {
            if (!line.equals("...")) {
                var rest = read.subList(at, read.size());
                assertTrue(rest.contains(plain(line)), line + " does not come out:\n" + printed);
                at += rest.indexOf(plain(line)) + 1;
            }
        }
    }

    private static String plain(String line) {
        return KEY.matcher(line).replaceAll("pack-0123456789abcdef").stripTrailing();
    }

    private void command(String line) throws IOException {
        var substitution = SUBSTITUTION.matcher(line);
        if (substitution.matches()) {
            var file = home.resolve(substitution.group(3));
            var before = Files.readString(file);
            // As sed does: the first place of every line.
            var after = before.lines().map(one -> one.replaceFirst(substitution.group(1), substitution.group(2)))
                    .toList();
            assertTrue(!after.equals(before.lines().toList()), line + " changes nothing");
            Files.writeString(file, String.join("\n", after) + "\n");
        } else if (line.startsWith("cp -r ")) {
            copy(home.resolve(line.split(" ")[2]), home.resolve(line.split(" ")[3]));
        } else {
            assertTrue(line.startsWith("bin/tongchou "), line);
            run(line.substring("bin/tongchou ".length()).split(" +"));
        }
    }

    /// Runs a command as if in the directory of the distribution: whatever names a file or folder there is that one.
    private void run(String... words) {
        var arguments = new ArrayList<String>();
        for (var i = 0; i < words.length; i++) {
            var isPlace = i == 1 && !words[0].equals("trust") && !words[i].startsWith("--")
                    || List.of("--to", "--key", "--pack", "--population", "--data").contains(words[Math.max(0, i - 1)])
                    && !words[i].matches("[0-9-]+") || i > 0 && !words[i].startsWith("--")
                    && Files.exists(home.resolve(words[i])) && !words[i - 1].equals("--id");
            arguments.add(isPlace ? home.resolve(words[i]).toString() : words[i]);
        }
        shell.run(home, "", arguments.toArray(String[]::new));
        printed += shell.printed().replace(home + "/", "");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                var copy = to.resolve(from.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
