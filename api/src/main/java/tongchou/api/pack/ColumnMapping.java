package tongchou.api.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// What the columns of a list mean (列对应文件): YAML that names an attribute for each column, `药品编码: code`, and for a
/// list without a column of classes where the class comes from.
///
/// @param attributes column to attribute, in the order of the file; `-` leaves a column out
/// @param classes where the class of an item comes from that no column states; null where nothing is said
public record ColumnMapping(Map<String, String> attributes, @Nullable Classes classes) {

    /// Where classes come from (类别来源).
    ///
    /// @param every the class of every item; empty where a list says it
    /// @param list the file of another list, as the mapping writes it; empty where every item has the same class
    /// @param same what an item and a row of that list have in common: `code`, `variety` or `name-and-form`
    /// @param otherwise the class of items that the list does not have; empty where that is a fault
    public record Classes(String every, String list, String same, String otherwise) {
    }

    private static final List<String> SAME = List.of("code", "variety", "name-and-form");
    private static final String CLASSES = "class: {every: 乙} / class: {list: FILE, same: "
            + String.join("|", SAME) + ", otherwise: 丙}";

    /// Stands for a column to leave out.
    private static final String LEFT_OUT = "-";
    /// A dash without quotes, which YAML would take for the begin of a list.
    private static final Pattern DASH = Pattern.compile("(?m)^([^#\\n]*:\\s+)-(\\s*(#.*)?)$");

    /// Copies the map.
    public ColumnMapping {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /// Reads a mapping, in the order of the file; a dash, in quotes or not, or nothing leaves a column out.
    ///
    /// @throws IOException when the file cannot be read
    /// @throws IllegalArgumentException when it is not one mapping of texts, but for where classes come from
    public static ColumnMapping read(Path file) throws IOException {
        Object read;
        try {
            var options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            read = new Yaml(new SafeConstructor(options))
                    .load(DASH.matcher(Files.readString(file)).replaceAll("$1'-'$2"));
        } catch (YAMLException broken) {
            throw new IllegalArgumentException(broken.getMessage(), broken);
        }
        if (!(read instanceof Map<?, ?> lines) || lines.isEmpty()) {
            throw new IllegalArgumentException("COLUMN: attribute");
        }
        var attributes = new LinkedHashMap<String, String>();
        Classes classes = null;
        for (var line : lines.entrySet()) {
            if (line.getValue() instanceof Map<?, ?> said) {
                if (!String.valueOf(line.getKey()).equals("class")) {
                    throw new IllegalArgumentException(line.getKey() + ": " + CLASSES);
                }
                classes = classes(said);
            } else {
                attributes.put(String.valueOf(line.getKey()),
                        line.getValue() == null ? LEFT_OUT : line.getValue().toString());
            }
        }
        return new ColumnMapping(attributes, classes);
    }

    private static Classes classes(Map<?, ?> said) {
        var words = new TreeMap<String, String>();
        said.forEach((word, value) -> words.put(String.valueOf(word), value == null ? "" : value.toString()));
        var classes = new Classes(words.getOrDefault("every", ""), words.getOrDefault("list", ""),
                words.getOrDefault("same", ""), words.getOrDefault("otherwise", ""));
        words.keySet().removeAll(List.of("every", "list", "same", "otherwise"));
        if (!words.isEmpty() || classes.every.isEmpty() == classes.list.isEmpty()
                || !classes.list.isEmpty() && !SAME.contains(classes.same)
                || !classes.every.isEmpty() && !(classes.same + classes.otherwise).isEmpty()) {
            throw new IllegalArgumentException("class: " + said + "; " + CLASSES);
        }
        return classes;
    }
}
