package tongchou.api.pack;

import java.util.ArrayList;
import java.util.List;
import tongchou.core.calendar.InForce;

/// What a pack says of itself before its rules are read (政策包身份).
///
/// @param parent id of the pack it extends, empty for the root
/// @param cover days it answers for
/// @param demonstration whether it or one of its areas may hold values without a document
/// @param divisions the division codes that it settles, sorted
public record PackIdentity(String id, String version, String name, String parent, InForce cover, boolean demonstration,
        List<String> divisions) {

    /// Reads `pack.yaml` and the areas; what cannot be read is left empty, as a check says in full.
    public static PackIdentity of(PackFiles files) {
        var parsed = ParsedFiles.of(files);
        var ignored = new Findings();
        var header = PackReader.Header.of(parsed, ignored);
        var divisions = new ArrayList<String>();
        var demonstration = header.demonstration();
        for (var file : files.files().keySet()) {
            if (file.matches("areas/[^/]+/area\\.yaml")) {
                var tree = parsed.read(file, ignored);
                if (tree.isPresent()) {
                    var area = Section.of(tree.get(), ignored, tree.get().entries().keySet().toArray(String[]::new));
                    divisions.addAll(area.words("divisions"));
                    demonstration |= area.flag("demonstration", false);
                }
            }
        }
        return new PackIdentity(header.id(), header.version(), header.name(), header.parent(), header.cover(),
                demonstration, divisions.stream().sorted().toList());
    }
}
