package tongchou.api.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The description of the HTTP interface (OpenAPI 3.1), as it is answered at `/openapi`.
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
}
