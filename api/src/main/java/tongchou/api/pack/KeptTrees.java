package tongchou.api.pack;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// What the files of packs were parsed to before (已解析文件存档), YAML and tables, kept beside the start-up cache: parsing
/// them takes a fifth of a start. A tree is given only for exactly the bytes of which it was made; anything else is
/// parsed.
///
/// A file of it begins with its mark and a checksum of what follows: the texts that the trees consist of, each once;
/// then for every file its name, its bytes and its tree. Numbers have four bytes, texts are UTF-8 after their length.
public final class KeptTrees {

    /// Keeps nothing.
    public static final KeptTrees NONE = new KeptTrees(ByteBuffer.allocate(0), new int[0], Map.of());

    private static final int MARK = 0x7463_7401;
    /// The longest file that is kept: trees of longer ones would fill the memory of who makes them.
    private static final int LONGEST = 1 << 20;
    private static final byte TEXT = 1;
    private static final byte SEQUENCE = 2;
    private static final byte MAPPING = 3;

    private final ByteBuffer all;
    private final @Nullable String[] texts;
    private final int[] places;
    private final Map<String, List<Kept>> files;

    /// @param places where each text begins
    private KeptTrees(ByteBuffer all, int[] places, Map<String, List<Kept>> files) {
        this.all = all;
        this.places = places;
        this.texts = new @Nullable String[places.length];
        this.files = files;
    }

    /// A file of which the tree is kept: where its bytes and its tree begin.
    private record Kept(int bytes, int length, int tree) {
    }

    /// What was kept at a place; nothing where nothing usable lies.
    public static KeptTrees at(Path place) {
        try {
            return of(ByteBuffer.wrap(Files.readAllBytes(place)));
        } catch (IOException | RuntimeException unusable) {
            return NONE;
        }
    }

    private static KeptTrees of(ByteBuffer all) {
        if (all.getInt() != MARK || all.getInt() != checksum(all)) {
            return NONE;
        }
        var places = new int[all.getInt()];
        for (var i = 0; i < places.length; i++) {
            places[i] = all.position();
            skip(all);
        }
        var files = new HashMap<String, List<Kept>>();
        var trees = new KeptTrees(all, places, files);
        for (var count = all.getInt(); count > 0; count--) {
            var name = trees.text(all.getInt());
            var bytes = all.position() + Integer.BYTES;
            var length = skip(all);
            files.computeIfAbsent(name, none -> new ArrayList<>()).add(new Kept(bytes, length,
                    all.position() + Integer.BYTES));
            skip(all);
        }
        return trees;
    }

    /// The CRC-32 of what is left.
    private static int checksum(ByteBuffer left) {
        var sum = new CRC32();
        sum.update(left.duplicate());
        return (int) sum.getValue();
    }

    /// Goes over a length and as many bytes.
    private static int skip(ByteBuffer all) {
        var length = all.getInt();
        all.position(all.position() + length);
        return length;
    }

    /// The tree of a file, if it was made of these bytes.
    Optional<Tree.Mapping> tree(String file, byte[] bytes) {
        for (var kept : files.getOrDefault(file, List.of())) {
            if (all.slice(kept.bytes(), kept.length()).equals(ByteBuffer.wrap(bytes))) {
                return Optional.of((Tree.Mapping) tree(file, all.duplicate().position(kept.tree())));
            }
        }
        return Optional.empty();
    }

    private Tree tree(String file, ByteBuffer from) {
        var kind = from.get();
        var line = from.getInt();
        var path = text(from.getInt());
        if (kind == TEXT) {
            return new Tree.Text(file, line, path, text(from.getInt()));
        }
        var count = from.getInt();
        if (kind == SEQUENCE) {
            var items = new ArrayList<Tree>(count);
            for (var i = 0; i < count; i++) {
                items.add(tree(file, from));
            }
            return new Tree.Sequence(file, line, path, items);
        }
        var entries = LinkedHashMap.<String, Tree>newLinkedHashMap(count);
        for (var i = 0; i < count; i++) {
            entries.put(text(from.getInt()), tree(file, from));
        }
        return new Tree.Mapping(file, line, path, entries);
    }

    private String text(int number) {
        var known = texts[number];
        if (known == null) {
            var at = places[number];
            known = new String(all.array(), at + Integer.BYTES, all.getInt(at), StandardCharsets.UTF_8);
            texts[number] = known;
        }
        return known;
    }

    /// Parses the files of packs, but for their worked examples and very long ones, and keeps the trees of those in
    /// whose form nothing is wrong.
    ///
    /// @param packs read one after the other, since a server may do this beside its work
    /// @throws IOException when it cannot be written
    public static void keep(Stream<PackFiles> packs, Path place) throws IOException {
        var writer = new Writer();
        for (var pack : (Iterable<PackFiles>) packs::iterator) {
            for (var name : ParsedFiles.names(pack)) {
                var bytes = pack.files().get(name);
                var findings = new Findings();
                var tree = bytes.length > LONGEST ? Optional.<Tree.Mapping>empty()
                        : ParsedFiles.isTable(name) ? Optional.of(CsvTable.tree(name, bytes, findings))
                        : Tree.read(name, bytes, findings);
                if (tree.isPresent() && findings.sorted().isEmpty()) {
                    writer.add(name, bytes, tree.get());
                }
            }
        }
        Files.write(place, writer.bytes());
    }

    /// Collects what is to be kept.
    private static final class Writer {

        private final Map<String, Integer> numbers = new LinkedHashMap<>();
        private final ByteArrayOutputStream files = new ByteArrayOutputStream();
        private int count;

        void add(String name, byte[] bytes, Tree tree) throws IOException {
            var out = new DataOutputStream(files);
            out.writeInt(number(name));
            out.writeInt(bytes.length);
            out.write(bytes);
            var written = new ByteArrayOutputStream();
            write(tree, new DataOutputStream(written));
            out.writeInt(written.size());
            written.writeTo(out);
            count++;
        }

        private void write(Tree tree, DataOutputStream out) throws IOException {
            out.writeByte(switch (tree) {
                case Tree.Text text -> TEXT;
                case Tree.Sequence sequence -> SEQUENCE;
                case Tree.Mapping mapping -> MAPPING;
            });
            out.writeInt(tree.line());
            out.writeInt(number(tree.path()));
            switch (tree) {
                case Tree.Text text -> out.writeInt(number(text.text()));
                case Tree.Sequence sequence -> {
                    out.writeInt(sequence.items().size());
                    for (var item : sequence.items()) {
                        write(item, out);
                    }
                }
                case Tree.Mapping mapping -> {
                    out.writeInt(mapping.entries().size());
                    for (var entry : mapping.entries().entrySet()) {
                        out.writeInt(number(entry.getKey()));
                        write(entry.getValue(), out);
                    }
                }
            }
        }

        private int number(String text) {
            return numbers.computeIfAbsent(text, added -> numbers.size());
        }

        byte[] bytes() throws IOException {
            var all = new ByteArrayOutputStream();
            var out = new DataOutputStream(all);
            out.writeInt(numbers.size());
            for (var text : numbers.keySet()) {
                var bytes = text.getBytes(StandardCharsets.UTF_8);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
            out.writeInt(count);
            files.writeTo(out);
            var kept = ByteBuffer.allocate(2 * Integer.BYTES + all.size()).putInt(MARK);
            kept.putInt(checksum(ByteBuffer.wrap(all.toByteArray())));
            return kept.put(all.toByteArray()).array();
        }
    }
}
