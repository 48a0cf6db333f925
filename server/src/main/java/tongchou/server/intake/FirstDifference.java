package tongchou.server.intake;

import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.Json;

/// The first place in which two JSON values differ (首处差异).
///
/// @param field the path to it
/// @param before as it was
/// @param now as it is
public record FirstDifference(String field, String before, String now) {

    /// Compares two values; null when they are the same.
    public static @Nullable FirstDifference of(Json before, Json now) {
        return of("", before, now);
    }

    private static @Nullable FirstDifference of(String path, Json before, Json now) {
        if (before.equals(now)) {
            return null;
        }
        if (before instanceof Json.Members(var left) && now instanceof Json.Members(var right)) {
            var names = new LinkedHashSet<>(left.keySet());
            names.addAll(right.keySet());
            for (var name : names) {
                var inner = path.isEmpty() ? name : path + "." + name;
                var difference = of(inner, left.getOrDefault(name, new Json.Nothing()),
                        right.getOrDefault(name, new Json.Nothing()));
                if (difference != null) {
                    return difference;
                }
            }
        }
        if (before instanceof Json.Items(var left) && now instanceof Json.Items(var right)) {
            for (var i = 0; i < Math.min(left.size(), right.size()); i++) {
                var difference = of(path + "[" + i + "]", left.get(i), right.get(i));
                if (difference != null) {
                    return difference;
                }
            }
            return new FirstDifference(path, left.size() + " items", right.size() + " items");
        }
        return new FirstDifference(path, before.shown(), now.shown());
    }
}
