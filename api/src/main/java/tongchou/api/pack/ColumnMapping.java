package tongchou.api.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// What the columns of a list mean (列对应文件): YAML that names an attribute for each column, `药品编码: code`.
public final class ColumnMapping {

    private ColumnMapping() {
    }

    /// Reads a mapping, in the order of the file.
    ///
    /// @throws IOException when the file cannot be read
    /// @throws IllegalArgumentException when it is not one mapping of texts
    public static Map<String, String> read(Path file) throws IOException {
        Object read;
        try {
            var options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            read = new Yaml(new SafeConstructor(options)).load(Files.readString(file));
        } catch (YAMLException broken) {
            throw new IllegalArgumentException(broken.getMessage(), broken);
        }
        if (!(read instanceof Map<?, ?> lines) || lines.isEmpty()) {
            throw new IllegalArgumentException("COLUMN: attribute");
        }
        var attributes = new LinkedHashMap<String, String>();
        lines.forEach((column, attribute) -> attributes.put(String.valueOf(column), String.valueOf(attribute)));
        return attributes;
    }
}
