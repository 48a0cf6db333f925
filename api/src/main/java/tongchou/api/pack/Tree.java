package tongchou.api.pack;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/// A piece of YAML that knows its place (带位置的 YAML 节点): file, line and path of keys.
///
/// Scalars stay text as written; what they mean is decided where they are read.
/// Lines count from one; a path is the keys from the top of the file, for example `layers[0].payer`.
sealed interface Tree {

    /// Takes every scalar for a word: nobody asks what YAML would make of it, and guessing takes as long as reading.
    Resolver WORDS = new Resolver() {
        @Override
        protected void addImplicitResolvers() {
            // none
        }
    };

    String file();

    int line();

    String path();

    /// What was read here, short enough for a message.
    String shown();

    record Text(String file, int line, String path, String text) implements Tree {
        @Override
        public String shown() {
            return text;
        }
    }

    record Sequence(String file, int line, String path, List<Tree> items) implements Tree {
        @Override
        public String shown() {
            return "[" + items.size() + "]";
        }
    }

    record Mapping(String file, int line, String path, Map<String, Tree> entries) implements Tree {
        @Override
        public String shown() {
            return "{" + String.join(", ", entries.keySet()) + "}";
        }

        /// The same mapping with some of its keys replaced.
        Mapping with(Map<String, Tree> replaced) {
            var merged = new LinkedHashMap<>(entries);
            merged.putAll(replaced);
            return new Mapping(file, line, path, merged);
        }
    }

    /// Reads a file; everything that is wrong with its form goes to the findings.
    static Optional<Mapping> read(String file, byte[] bytes, Findings findings) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notUtf8) {
            findings.error(file, 0, "", "bytes that are not UTF-8", "UTF-8 编码：请在编辑器中“另存为”并选择 UTF-8（不要用 GBK/ANSI）",
                    "UTF-8: save the file again and choose UTF-8 as the encoding (not GBK or ANSI)");
            return Optional.empty();
        }
        var stripped = text.startsWith("\uFEFF") ? text.substring(1) : text;
        var options = new LoaderOptions();
        options.setCodePointLimit(64 << 20);
        options.setMaxAliasesForCollections(0);
        try {
            var parser = new ParserImpl(new StreamReader(new StringReader(stripped)), options);
            var root = new Composer(parser, WORDS, options).getSingleNode();
            if (root instanceof MappingNode mapping) {
                return Optional.of((Mapping) of(file, "", mapping, findings));
            }
            findings.error(file, 1, "", root == null ? "" : "no mapping", "键: 值 形式的内容", "a mapping of keys to values");
        } catch (MarkedYAMLException broken) {
            var mark = broken.getProblemMark();
            findings.error(file, mark == null ? 0 : mark.getLine() + 1, "", String.valueOf(broken.getProblem()),
                    "合法的 YAML（检查缩进、冒号后的空格与引号）", "valid YAML (look at indentation, the space after colons, quotes)");
        } catch (org.yaml.snakeyaml.error.YAMLException broken) {
            findings.error(file, 0, "", String.valueOf(broken.getMessage()), "合法的 YAML", "valid YAML");
        }
        return Optional.empty();
    }

    private static Tree of(String file, String path, Node node, Findings findings) {
        var line = node.getStartMark().getLine() + 1;
        if (node.getAnchor() != null) {
            findings.error(file, line, path, "&" + node.getAnchor(), "不使用锚点，直接写出内容",
                    "no anchors: write the content out");
        }
        return switch (node) {
            case ScalarNode scalar -> new Text(file, line, path, scalar.getValue());
            case SequenceNode sequence -> {
                var items = new ArrayList<Tree>();
                for (var item : sequence.getValue()) {
                    items.add(of(file, path + "[" + items.size() + "]", item, findings));
                }
                yield new Sequence(file, line, path, items);
            }
            case MappingNode mapping -> {
                var entries = new LinkedHashMap<String, Tree>();
                for (var tuple : mapping.getValue()) {
                    var key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                    var at = path.isEmpty() ? key : path + "." + key;
                    var value = of(file, at, tuple.getValueNode(), findings);
                    if (entries.putIfAbsent(key, value) != null) {
                        findings.error(file, tuple.getKeyNode().getStartMark().getLine() + 1, at, key,
                                "每个键只写一次", "every key once");
                    }
                }
                yield new Mapping(file, line, path, entries);
            }
            default -> new Text(file, line, path, "");
        };
    }
}
