package tongchou.api.pack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.Alias;
import tongchou.core.catalogue.Forms;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.Tables;
import tongchou.core.catalogue.Target;

/// Reads the catalogue of a pack (目录读取): `catalogue.csv` and the files of the `catalogue/` folders, at the top for the
/// whole pack and in the folder of an area for that area.
final class ListingReader {

    /// The file names in a `catalogue/` folder, as a regular expression.
    static final String FILES = "(drugs|herbal-pieces|service-items|consumables|diagnoses|operations"
            + "|chronic-diseases|prices|pre-pay|standards|surcharges|procurements|allowances|codes|restrictions"
            + "|continuations)\\.csv|(forms|convergence)\\.yaml";

    private final ParsedFiles parsed;
    private final PackFiles files;
    private final Findings findings;
    private final boolean demonstration;
    private final @Nullable Listings parent;
    private final Map<String, Tables> byArea = new LinkedHashMap<>();
    private final Set<String> known = new HashSet<>();
    private final List<FactRows> read = new ArrayList<>();
    private final Map<String, Set<String>> forms = new HashMap<>();

    ListingReader(ParsedFiles parsed, Findings findings, boolean demonstration, @Nullable Listings parent) {
        this.parsed = parsed;
        this.files = parsed.files();
        this.findings = findings;
        this.demonstration = demonstration;
        this.parent = parent;
    }

    /// Reads the catalogue of an area, or of the whole pack under the empty name.
    ///
    /// @return the rows of its `catalogue.csv`
    List<CatalogueRow> read(String area, Scope scope) {
        var root = area.isEmpty() ? "" : "areas/" + area + "/";
        var simple = new ArrayList<CatalogueRow>();
        var rows = new FactRows(parsed, findings, demonstration, scope, known);
        if (files.files().containsKey(root + "catalogue.csv")) {
            simple.addAll(new CatalogueReader(findings, demonstration)
                    .read(root + "catalogue.csv", files.files().get(root + "catalogue.csv"), area, scope));
            simple.forEach(row -> rows.facts().addAll(row.facts()));
        }
        var folder = root + "catalogue/";
        var items = new ItemReader(rows);
        new TreeMap<>(ItemReader.FILES).forEach((name, kind) -> {
            if (files.files().containsKey(folder + name)) {
                items.read(folder + name, files.files().get(folder + name), kind);
            }
        });
        new FactReader(rows).files().forEach((name, reader) -> {
            if (files.files().containsKey(folder + name)) {
                reader.accept(folder + name, files.files().get(folder + name));
            }
        });
        if (files.files().containsKey(folder + "forms.yaml")) {
            forms(folder + "forms.yaml");
        }
        if (files.files().containsKey(folder + "convergence.yaml")) {
            parsed.read(folder + "convergence.yaml", findings).ifPresent(new ConvergenceReader(rows)::read);
        }
        read.add(rows);
        if (!rows.facts().isEmpty()) {
            byArea.put(area, new Tables(scope.name(), rows.facts()));
        }
        return simple;
    }

    private void forms(String file) {
        parsed.read(file, findings).ifPresent(tree -> {
            var groups = Section.of(tree, findings, "forms").at("forms").orElse(tree.with(Map.of()));
            if (groups instanceof Tree.Mapping mapping) {
                var section = Section.of(mapping, findings, mapping.entries().keySet().toArray(String[]::new));
                mapping.entries().keySet().forEach(group -> forms.put(group, Set.copyOf(section.words(group))));
            } else {
                findings.error(groups, "剂型组: [剂型…]", "GROUP: [forms]");
            }
        });
    }

    /// What was read, after every level; facts about items that no level knows are findings.
    Listings finish() {
        var listings = new Listings(parent, byArea, grouped());
        if (read.stream().anyMatch(rows -> !rows.placed().isEmpty())) {
            var known = listings.codes();
            read.forEach(rows -> unknownTargets(rows, known));
        }
        return listings;
    }

    private Forms grouped() {
        var groups = new HashMap<String, Set<String>>();
        if (parent != null) {
            groups.putAll(parent.forms().groups());
        }
        forms.forEach((group, members) -> groups.merge(group, members, (below, own) -> {
            var both = new HashSet<>(below);
            both.addAll(own);
            return both;
        }));
        return new Forms(groups);
    }

    private static void unknownTargets(FactRows rows, Set<String> known) {
        for (var placed : rows.placed()) {
            if (placed.fact().value() instanceof Alias alias) {
                if (!known.contains(alias.code())) {
                    placed.row().complain("means", "目录中某条目的编码", "the code of an item of the catalogue");
                }
            } else if (!(placed.fact().value() instanceof Item)
                    && placed.fact().target() instanceof Target.Code(var code) && !known.contains(code)) {
                placed.row().complain(placed.column(), "目录中某条目的编码", "the code of an item of the catalogue");
            }
        }
    }
}
