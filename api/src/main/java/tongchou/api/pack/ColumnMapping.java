package tongchou.api.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// What the columns of a list mean (列对应文件): YAML that names an attribute for each column, `药品编码: code`.
public final class ColumnMapping {

    /// Stands for a column to leave out.
    private static final String LEFT_OUT = "-";
    /// A dash without quotes, which YAML would take for the begin of a list.
    private static final Pattern DASH = Pattern.compile("(?m)^([^#\\n]*:\\s+)-(\\s*(#.*)?)$");

    private ColumnMapping() {
    }

    /// Reads a mapping, in the order of the file; a dash, in quotes or not, or nothing leaves a column out.
    ///
    /// @throws IOException when the file cannot be read
    /// @throws IllegalArgumentException when it is not one mapping of texts
    public static Map<String, String> read(Path file) throws IOException {
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
        lines.forEach((column, attribute) -> attributes.put(String.valueOf(column),
                attribute == null ? LEFT_OUT : attribute.toString()));
        return attributes;
    }
}
