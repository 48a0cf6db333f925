package tongchou.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tongchou.api.pack.ContractDiff;
import tongchou.api.pack.Encounters;
import tongchou.api.pack.Finding;
import tongchou.api.pack.Pack;
import tongchou.api.pack.PackDiff;
import tongchou.api.pack.PopulationDiff;
import tongchou.server.packs.PackHost;

/// `diff-pack`: what two versions of a pack state differently, and what that does to people (政策包对比).
@Command(name = "diff-pack", mixinStandardHelpOptions = true, sortOptions = false)
final class DiffPack implements Callable<Integer> {

    private final Surroundings surroundings;
    private final Texts texts;

    @Parameters(index = "0", paramLabel = "BEFORE")
    private Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "AFTER")
    private Path after = Path.of("");

    @Option(names = "--on", paramLabel = "DAY", descriptionKey = "diff-on")
    private @Nullable LocalDate on;

    @Option(names = "--encounters", paramLabel = "N", defaultValue = "20000",
            descriptionKey = "diff-encounters")
    private int encounters;

    @Option(names = "--population", paramLabel = "FILE", descriptionKey = "diff-population")
    private @Nullable Path population;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", descriptionKey = "diff-seed")
    private long seed;

    @Mixin
    private final PackPlaces places = new PackPlaces();

    DiffPack(Surroundings surroundings, Texts texts) {
        this.surroundings = surroundings;
        this.texts = texts;
    }

    @Override
    public Integer call() {
        var old = read(before);
        var now = read(after);
        if (old.isEmpty() || now.isEmpty()) {
            return Tongchou.REFUSED;
        }
        var day = on == null ? today(now.get()) : on;
        var changes = PackDiff.of(old.get(), now.get(), day, texts.chinese());
        surroundings.out().println(texts.say("%s %s -> %s %s，%s 有效的数值：%d 处不同。",
                "%s %s -> %s %s, values in force on %s: %d differ.", old.get().id(), old.get().version(),
                now.get().id(), now.get().version(), day, changes.size()));
        surroundings.out().print(PackDiff.text(changes));
        partners(ContractDiff.of(old.get(), now.get()));
        if (population == null) {
            surroundings.out().println();
            surroundings.out().println(texts.say("人群影响（按种子 %d 虚构的就诊，不是一年费用的预测）",
                    "People (encounters made up from seed %d, no forecast of a year)", seed));
            people(PopulationDiff.of(old.get(), now.get(), day, encounters, seed));
            return Tongchou.DONE;
        }
        return people(population, old.get(), now.get());
    }

    /// Today, or the day of the second version that is nearest to it.
    private LocalDate today(Pack pack) {
        var today = LocalDate.now(surroundings.clock().withZone(ZoneId.of("Asia/Shanghai")));
        var cover = pack.cover();
        return today.isAfter(cover.to()) ? cover.to() : today.isBefore(cover.from()) ? cover.from() : today;
    }

    /// The people of a file.
    private int people(Path file, Pack old, Pack now) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException nowhere) {
            surroundings.err().println(texts.say("没有文件 %s。", "There is no file %s.", file));
            return Tongchou.REFUSED;
        } catch (IOException unreadable) {
            surroundings.err().println(texts.say("读不到 %s：%s", "%s cannot be read: %s", file, unreadable.getMessage()));
            return Tongchou.REFUSED;
        }
        var problems = new ArrayList<Finding>();
        var read = Encounters.read(file.getFileName().toString(), bytes, problems);
        if (!problems.isEmpty()) {
            problems.forEach(problem -> surroundings.err().println(problem.line(texts.chinese())));
            return Tongchou.REFUSED;
        }
        surroundings.out().println();
        surroundings.out().println(texts.say("人群影响（%s，%d 行）", "People (%s, %d rows)", file.getFileName(), read.rows()));
        people(PopulationDiff.of(old, now, read));
        return Tongchou.DONE;
    }

    /// Results on which partners rely and that come out otherwise.
    private void partners(List<ContractDiff.Altered> altered) {
        altered.forEach(one -> surroundings.out().println(texts.say("合作方 %s（%s %s）：%s -> %s",
                "partner %s (%s %s): %s -> %s", one.vendor(), one.file(), one.what(), one.before(), one.after())));
    }

    private Optional<Pack> read(Path place) {
        var findings = new ArrayList<Finding>();
        var files = PackHost.read(place, findings);
        try {
            files = files.isPresent() ? Optional.of(places.withContracts(files.get())) : files;
        } catch (IOException unreadable) {
            surroundings.err().println(texts.say("读不到 %s", "%s cannot be read", unreadable.getMessage()));
            return Optional.empty();
        }
        var pack = files.map(one -> places.ancestors(one, surroundings).read(one)).map(reading -> {
            findings.addAll(reading.findings());
            return reading.pack();
        });
        if (pack.isEmpty()) {
            findings.forEach(finding -> surroundings.err().println(place + ": " + finding.line(texts.chinese())));
        }
        return pack;
    }

    private void people(PopulationDiff diff) {
        surroundings.out().println(texts.say("两版都能结算 %d 次，只有旧版 %d 次，只有新版 %d 次；",
                "both settle %d, only the first %d, only the second %d;", diff.encounters(), diff.onlyBefore(),
                diff.onlyAfter()));
        surroundings.out().println(texts.say("个人多付 %d 次，少付 %d 次。", "patients pay more in %d, less in %d.", diff.more(),
                diff.less()));
        groups(texts.say("个人多付（元），按机构等级", "patients pay more (yuan), by tier"), diff.byTier());
        groups(texts.say("个人多付（元），按人员类别", "patients pay more (yuan), by person"), diff.byPerson());
        if (!diff.byFund().isEmpty()) {
            surroundings.out().println(texts.say("各方多付（元）", "payers pay more (yuan)"));
            diff.byFund().forEach((name, sum) -> surroundings.out().printf("  %-22s %16s%n", name, sum.yuan()));
        }
        losers(diff.losers());
    }

    private void groups(String heading, Map<String, PopulationDiff.Change> groups) {
        if (!groups.isEmpty()) {
            surroundings.out().println(heading);
            groups.forEach((name, change) -> surroundings.out().printf("  %-22s %16s  %s%n", name,
                    change.net().yuan(), texts.say("多付 %d 次 %s，少付 %d 次 %s", "%d more %s, %d less %s", change.more(),
                            change.paidMore().yuan(), change.less(), change.paidLess().yuan())));
        }
    }

    private void losers(Collection<PopulationDiff.Loser> losers) {
        if (!losers.isEmpty()) {
            surroundings.out().println(texts.say("多付最多的", "who loses most"));
        }
        List.copyOf(losers).forEach(loser -> surroundings.out().println("  " + texts.say(
                "%s：费用 %s，个人 %s -> %s（+%s）", "%s: bill %s, patient %s -> %s (+%s)", loser.who(),
                loser.bill().yuan(), loser.before().yuan(), loser.after().yuan(), loser.loss().yuan())));
    }
}
