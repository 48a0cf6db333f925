package tongchou.server.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tongchou.api.http.Json;
import tongchou.api.http.OpenApi;

/// What fuzzing begins with: the example of every operation that openapi.yaml describes, and its words.
final class Seeds {

    private static final Json.Members PATHS = (Json.Members) ((Json.Members) OpenApi.document()).fields().get("paths");

    private Seeds() {
    }

    private static Json.Members operation(Route route) {
        return at(PATHS, route.path(), route.method().toLowerCase(java.util.Locale.ROOT)) instanceof Json.Members found
                ? found : new Json.Members(java.util.Map.of());
    }

    /// The example body of a route, an empty object where it has none.
    static Json example(Route route) {
        var found = at(operation(route), "requestBody", "content", "application/json", "example");
        return found instanceof Json.Members ? found : new Json.Members(java.util.Map.of());
    }

    /// The path and query of a route's example.
    static String path(Route route) {
        var path = route.path();
        var query = new ArrayList<String>();
        if (operation(route).fields().get("parameters") instanceof Json.Items(var parameters)) {
            for (var parameter : parameters) {
                var name = text(at(parameter, "name"));
                var value = text(at(parameter, "example"));
                if (text(at(parameter, "in")).equals("path")) {
                    path = path.replace("{" + name + "}", value);
                } else if (!value.isEmpty()) {
                    query.add(name + "=" + value);
                }
            }
        }
        path = path.replaceAll("\\{\\w+}", "x");
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    /// One input as it is in the description, and one for edits.
    static List<byte[]> inputs(Route route) {
        var line = route.method() + " " + path(route) + "\n";
        return List.of((line + OpenApiTest.write(example(route))).getBytes(StandardCharsets.UTF_8),
                (line + "~\0\1\2\3\4\5\6\7").getBytes(StandardCharsets.UTF_8));
    }

    /// Field names, texts and numbers of all examples, as a dictionary of libFuzzer.
    static String dictionary() {
        var words = new TreeSet<String>();
        collect(OpenApi.document(), words);
        var lines = new StringBuilder();
        for (var word : words) {
            var bytes = word.getBytes(StandardCharsets.UTF_8);
            if (bytes.length > 0 && bytes.length < 40) {
                lines.append('"');
                for (var one : bytes) {
                    lines.append(String.format("\\x%02x", one));
                }
                lines.append("\"\n");
            }
        }
        return lines.toString();
    }

    private static void collect(Json json, TreeSet<String> words) {
        switch (json) {
            case Json.Members(var fields) -> fields.forEach((name, value) -> {
                words.add(name);
                collect(value, words);
            });
            case Json.Items(var items) -> items.forEach(item -> collect(item, words));
            case Json.Text(var text) -> words.add(text);
            case Json.Number(var text, var whole) -> words.add(text);
            default -> {
            }
        }
    }

    private static String text(Json json) {
        return json instanceof Json.Text(var text) ? text : json instanceof Json.Nothing ? "" : json.shown();
    }

    private static Json at(Json whole, String... path) {
        var at = whole;
        for (var name : path) {
            at = at instanceof Json.Members(var fields) && fields.get(name) != null ? fields.get(name)
                    : new Json.Nothing();
        }
        return at;
    }
}
