package tongchou.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a list goes in a pack (写入位置): the `catalogue` folder of the whole pack or of one of its areas.
final class PackEntry {

    private PackEntry() {
    }

    /// The folder; null when that is no pack, or it has no such area.
    static @Nullable Path root(Path pack, String area) {
        var root = Files.exists(pack.resolve("pack.yaml")) ? pack : pack.resolve("data");
        var place = area.isEmpty() ? root : root.resolve("areas").resolve(area).normalize();
        return !Files.exists(root.resolve("pack.yaml")) || !place.startsWith(root)
                || !area.isEmpty() && !Files.exists(place.resolve("area.yaml")) ? null : place.resolve("catalogue");
    }

    /// Whether the pack names a document.
    ///
    /// @param root as [#root] gives it
    static boolean cites(Path root, String document) throws IOException {
        var named = Pattern.compile("\\bid:\\s*[\"']?" + Pattern.quote(document) + "[\"']?\\s*([,}#\\r\\n]|$)");
        for (var folder = root.getParent(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("sources.yaml"))) {
                return named.matcher(Files.readString(folder.resolve("sources.yaml"))).find();
            }
        }
        return false;
    }
}
