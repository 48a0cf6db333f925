package tongchou.server.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import tongchou.api.http.Json;

/// Edits of an example that keep most of it, so that what lies behind the reading of JSON is reached too.
///
/// Every three bytes are an edit: which value, what happens to it, and with which word.
final class Edits {

    private static final List<String> NUMBERS = List.of("0", "1", "-1", "2", "100", "9999999999", "10000000000",
            "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1.5", "1e9", "-0", "0.1", "1e400");
    private static final List<String> TEXTS = List.of("", " ", "a", "2026-03-01", "2026-02-29", "2024-02-29",
            "0001-01-01", "9999-12-31", "inpatient", "outpatient", "upward", "none", "own", "family", "resident",
            "adult", "H99990100001", "H99990100011", "demo-resident-adult", "demo-employee-family", "999901",
            "999900", "000000", "fixture", "\\u0000", "\\ud83d\\ude00", "\\ud800", "110101199003070012", "x'--", "%s",
            "../..", "{}");

    private final byte[] choices;
    private int left;

    private Edits(byte[] choices) {
        this.choices = choices;
    }

    static byte[] of(Json example, byte[] choices) {
        var edits = new Edits(choices);
        var edited = example;
        for (var at = 1; at + 2 < choices.length && at < 60; at += 3) {
            edits.left = Byte.toUnsignedInt(choices[at]);
            edited = edits.edit(edited, choices[at + 1], Byte.toUnsignedInt(choices[at + 2]));
        }
        return OpenApiTest.write(edited).replace("\\\\u", "\\u").getBytes(StandardCharsets.UTF_8);
    }

    private Json edit(Json json, byte how, int word) {
        if (left-- == 0) {
            return changed(json, how, word);
        }
        return switch (json) {
            case Json.Members(var fields) -> {
                var edited = new LinkedHashMap<String, Json>();
                fields.forEach((name, value) -> {
                    var here = left == 0;
                    var inner = edit(value, how, word);
                    if (!here || how != 0) {
                        edited.put(here && how == 1 ? TEXTS.get(word % TEXTS.size()) : name, inner);
                    }
                });
                yield new Json.Members(edited);
            }
            case Json.Items(var items) -> {
                var edited = new ArrayList<Json>();
                for (var item : items) {
                    var here = left == 0;
                    edited.add(edit(item, how, word));
                    for (var i = 0; here && how == 2 && i < word; i++) {
                        edited.add(item);
                    }
                }
                yield new Json.Items(edited);
            }
            default -> json;
        };
    }

    private static Json changed(Json json, byte how, int word) {
        return switch (Math.floorMod(how, 8)) {
            case 0, 1, 2 -> json;
            case 3 -> new Json.Nothing();
            case 4 -> new Json.Number(NUMBERS.get(word % NUMBERS.size()), true);
            case 5 -> new Json.Text(TEXTS.get(word % TEXTS.size()));
            case 6 -> word % 2 == 0 ? new Json.Items(List.of(json)) : new Json.Truth(word % 4 == 1);
            default -> json instanceof Json.Number ? new Json.Number(Integer.toString(word * word * word), true)
                    : new Json.Members(new LinkedHashMap<>());
        };
    }
}
