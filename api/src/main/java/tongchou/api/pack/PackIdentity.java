package tongchou.api.pack;

import java.util.ArrayList;
import java.util.List;
import tongchou.core.calendar.InForce;

/// What a pack says of itself before its rules are read (政策包身份).
///
/// @param parent id of the pack it extends, empty for the root
/// @param cover days it answers for
/// @param demonstration whether it or one of its areas may hold values without a document
/// @param replaces areas of other packs that it takes over
/// @param areas its areas by their names
public record PackIdentity(String id, String version, String name, String parent, InForce cover, boolean demonstration,
        List<Replacement> replaces, List<Area> areas) {

    /// An area and the division codes that it settles.
    public record Area(String name, List<String> divisions) {
    }

    /// The division codes that it settles, sorted.
    public List<String> divisions() {
        return areas.stream().flatMap(area -> area.divisions().stream()).sorted().toList();
    }

    /// Reads `pack.yaml` and the areas; what cannot be read is left empty, as a check says in full.
    public static PackIdentity of(PackFiles files) {
        var parsed = ParsedFiles.of(files);
        var ignored = new Findings();
        var header = PackReader.Header.of(parsed, ignored);
        var areas = new ArrayList<Area>();
        var demonstration = header.demonstration();
        for (var file : files.files().keySet()) {
            if (file.matches("areas/[^/]+/area\\.yaml")) {
                var tree = parsed.read(file, ignored);
                if (tree.isPresent()) {
                    var area = Section.of(tree.get(), ignored, tree.get().entries().keySet().toArray(String[]::new));
                    areas.add(new Area(file.split("/")[1], area.words("divisions")));
                    demonstration |= area.flag("demonstration", false);
                }
            }
        }
        return new PackIdentity(header.id(), header.version(), header.name(), header.parent(), header.cover(),
                demonstration, header.replaces(), List.copyOf(areas));
    }
}
