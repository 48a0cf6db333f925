package tongchou.api.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tongchou.core.settlement.Waterfalls;

/// Cases of partners that lie beside packs (包外合作方算例), a folder for each partner: judged by whichever pack has their
/// area, without being part of it.
public final class Contracts {

    /// No cases beside the packs.
    public static final Contracts NONE = new Contracts(new TreeMap<>());

    private final SortedMap<String, byte[]> files;
    private final List<Example> examples = new ArrayList<>();
    private final Findings form = new Findings();

    /// A case that was parsed but not read yet.
    private record Example(Tree tree, String area) {
    }

    private Contracts(SortedMap<String, byte[]> files) {
        this.files = files;
        files.forEach((file, bytes) -> Tree.read(file, bytes, form).ifPresent(tree ->
                Section.of(tree, form, "cases").list("cases").forEach(this::example)));
    }

    private void example(Tree tree) {
        if (tree instanceof Tree.Mapping mapping && mapping.entries().get("area") instanceof Tree.Text area) {
            examples.add(new Example(tree, area.text()));
        } else {
            form.error(tree, "写明 area 的算例", "a case that names its area");
        }
    }

    /// Reads the YAML files of a folder that holds a folder for each partner.
    ///
    /// @throws IOException when it cannot be read
    public static Contracts in(Path folder) throws IOException {
        var files = new TreeMap<String, byte[]>();
        try (var all = Files.walk(folder)) {
            for (var file : (Iterable<Path>) all.filter(one -> one.toString().endsWith(".yaml"))::iterator) {
                files.put(Case.CONTRACTS + folder.relativize(file).toString().replace('\\', '/'),
                        Files.readAllBytes(file));
            }
        }
        return new Contracts(files);
    }

    /// A pack with these cases among its own, to be checked as a whole; files that speak of other packs alone stay out.
    public PackFiles with(PackFiles pack) {
        var all = new TreeMap<>(pack.files());
        files.forEach((file, bytes) -> {
            var areas = examples.stream().filter(one -> one.tree().file().equals(file)).map(Example::area).toList();
            if (areas.isEmpty() || areas.stream().anyMatch(area ->
                    pack.files().containsKey("areas/" + area + "/area.yaml"))) {
                all.put(file, bytes);
            }
        });
        return new PackFiles(pack.origin(), all);
    }

    /// Judges those that a pack has the areas of.
    void judge(Pack pack, Map<String, Waterfalls> rules, Findings findings) {
        var own = examples.stream().filter(one -> rules.containsKey(one.area())).map(Example::tree).toList();
        var judge = new CaseJudge(findings);
        new CaseReader(findings).read(own, pack.policies()).forEach(one -> judge.judge(one, pack, rules));
    }

    /// What is wrong with their form, and those that no pack has the area of.
    List<Finding> stray(Set<String> areas) {
        var lost = examples.stream().filter(one -> !areas.contains(one.area())).map(one -> new Finding(
                Finding.Severity.WARNING, one.tree().file(), one.tree().line(), "area", one.area(), "已加载政策包的地区",
                "an area of a loaded pack")).collect(Collectors.toCollection(ArrayList::new));
        lost.addAll(form.sorted());
        return lost;
    }
}
