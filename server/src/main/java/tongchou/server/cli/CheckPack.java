package tongchou.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tongchou.api.pack.Finding;
import tongchou.api.pack.Neighbours;
import tongchou.api.pack.PackChecker;
import tongchou.api.pack.PackSummary;
import tongchou.server.packs.PackHost;

/// `check-pack`: reports everything that is wrong with a pack at once, and runs its worked examples (检查政策包).
@Command(name = "check-pack", mixinStandardHelpOptions = true, sortOptions = false)
final class CheckPack implements Callable<Integer> {

    private final Surroundings surroundings;
    private final Texts texts;

    @Parameters(arity = "1..*", paramLabel = "DIR|JAR")
    private List<Path> all = List.of();

    @Option(names = "--summary", descriptionKey = "check-summary")
    private boolean summary;

    @Mixin
    private PackPlaces places = new PackPlaces();

    CheckPack(Surroundings surroundings, Texts texts) {
        this.surroundings = surroundings;
        this.texts = texts;
    }

    /// The same check asked for by another command.
    CheckPack(Surroundings surroundings, Texts texts, Path place, PackPlaces places) {
        this(surroundings, texts);
        this.all = List.of(place);
        this.places = places;
    }

    @Override
    public Integer call() {
        var exit = Tongchou.DONE;
        for (var place : all) {
            exit = Math.max(exit, check(place));
        }
        return exit;
    }

    private int check(Path place) {
        var problems = new ArrayList<Finding>();
        var files = PackHost.read(place, problems);
        if (files.isEmpty()) {
            problems.forEach(finding -> surroundings.out().println(finding.line(texts.chinese())));
            return Tongchou.REFUSED;
        }
        try {
            files = Optional.of(places.withContracts(files.get()));
        } catch (IOException unreadable) {
            surroundings.err().println(texts.say("读不到 %s", "%s cannot be read", unreadable.getMessage()));
            return Tongchou.REFUSED;
        }
        var outlines = places.outlines(surroundings);
        var check = PackChecker.check(files.get(), places.ancestors(files.get(), outlines, surroundings));
        var findings = new ArrayList<>(check.findings());
        findings.addAll(Neighbours.of(files.get(), outlines));
        findings.addAll(PackSummary.missing(files.get()));
        if (check.contents() != null) {
            findings.addAll(PackSummary.untried(check.contents()));
        }
        for (var finding : findings) {
            surroundings.out().println(finding.line(texts.chinese()));
        }
        var errors = findings.stream().filter(finding -> finding.severity() == Finding.Severity.ERROR).count();
        surroundings.out().println(texts.say("政策包 %s：错误 %d 个，提示 %d 个；算例 %d 个，通过 %d 个。",
                "pack %s: %d errors, %d warnings; %d cases, %d passed.", check.pack().isEmpty() ? place : check.pack(),
                errors, findings.size() - errors, check.cases(), check.passed()));
        if (check.contents() == null
                && files.get().files().keySet().stream().anyMatch(one -> one.startsWith("cases/"))) {
            surroundings.out().println(texts.say("有错误，算例没有运行；改好后再查。",
                    "The cases were not run because of the errors; check again when they are mended."));
        }
        if (summary && check.contents() != null) {
            surroundings.out().println(PackSummary.row(check.contents()));
            surroundings.out().println(texts.say("条款 %s", "clauses %s", PackSummary.clauses(check.contents())));
        }
        return errors == 0 ? Tongchou.DONE : Tongchou.REFUSED;
    }
}
