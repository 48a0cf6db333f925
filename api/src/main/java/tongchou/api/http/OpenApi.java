package tongchou.api.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The description of the HTTP interface (接口说明, OpenAPI 3.1), as it is answered at `/openapi`.
public final class OpenApi {

    private OpenApi() {
    }

    /// The description as YAML.
    public static String yaml() {
        try (var in = OpenApi.class.getResourceAsStream("openapi.yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// The description as a value, for programs that look things up in it.
    public static Json document() {
        return json(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml()));
    }

    private static Json json(Object value) {
        return switch (value) {
            case null -> new Json.Nothing();
            case Map<?, ?> map -> {
                var fields = new LinkedHashMap<String, Json>();
                map.forEach((key, inner) -> fields.put(String.valueOf(key), json(inner)));
                yield new Json.Members(fields);
            }
            case List<?> list -> new Json.Items(list.stream().map(OpenApi::json).toList());
            case String text -> new Json.Text(text);
            case Boolean truth -> new Json.Truth(truth);
            case Integer number -> new Json.Number(number.toString(), true);
            case Long number -> new Json.Number(number.toString(), true);
            default -> throw new IllegalStateException("openapi.yaml holds " + value + " unquoted");
        };
    }
}
