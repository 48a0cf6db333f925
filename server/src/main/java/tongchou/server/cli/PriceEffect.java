package tongchou.server.cli;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tongchou.api.http.Words;
import tongchou.core.alliance.Tier;
import tongchou.core.money.Ratio;
import tongchou.core.policy.Policy;
import tongchou.core.settlement.Waterfalls;
import tongchou.server.catalogue.CellFile;
import tongchou.server.catalogue.Cells;
import tongchou.server.packs.Packs;
import tongchou.server.pricing.Converging;
import tongchou.server.pricing.Effect;
import tongchou.server.pricing.Parts;
import tongchou.server.pricing.PathEffects;
import tongchou.server.pricing.VolumeEffects;
import tongchou.storage.BookException;
import tongchou.storage.Volumes.Span;

/// `price-effect`: what converging prices cost or save fund, patients and institutions (趋同影响测算).
@Command(name = "price-effect", mixinStandardHelpOptions = true, sortOptions = false)
final class PriceEffect implements Callable<Integer> {

    private static final List<String> COLUMNS = List.of("item", "institution", "tier", "quantity", "fund_percent");

    private final Surroundings surroundings;
    private final Texts texts;

    @Mixin
    private final BookPlace place = new BookPlace();

    @Mixin
    private final PackPlaces packs = new PackPlaces();

    @Option(names = "--area", required = true, paramLabel = "CODE")
    private String area = "";

    @Option(names = "--from", required = true, paramLabel = "DAY")
    private LocalDate from = LocalDate.MIN;

    @Option(names = "--to", required = true, paramLabel = "DAY")
    private LocalDate to = LocalDate.MIN;

    @Option(names = "--on", paramLabel = "DAY")
    private List<LocalDate> on = new ArrayList<>();

    @Option(names = "--volumes", paramLabel = "FILE")
    private @Nullable Path volumes;

    PriceEffect(Surroundings surroundings, Texts texts) {
        this.surroundings = surroundings;
        this.texts = texts;
    }

    @Override
    public Integer call() {
        if (to.isBefore(from) || volumes == null && !place.exists()) {
            return complain(Tongchou.USAGE, "--to 不得早于 --from；须有账簿 %s，或用 --volumes 给出业务量。",
                    "--to is not before --from; there must be a book in %s, or --volumes.", place.data());
        }
        var loaded = packs.load(surroundings);
        var policy = loaded.policy(area, from).map(Waterfalls::policy);
        if (policy.isEmpty()) {
            return complain(Tongchou.REFUSED, "没有政策包结算参保地 %s：%s", "No pack settles the area %s: %s", area,
                    loaded.divisions());
        }
        try {
            var series = volumes == null ? booked(loaded, policy.get()) : counted(loaded, policy.get(), volumes);
            if (series.isPresent()) {
                print(series.get());
            }
            return series.isPresent() ? Tongchou.DONE : Tongchou.REFUSED;
        } catch (Cells.Unreadable unreadable) {
            return complain(Tongchou.REFUSED, "文件读不成表格：%s", "The file is no table: %s", unreadable.getMessage());
        } catch (BookException failed) {
            return complain(Tongchou.REFUSED, "账簿读不出来：%s（%s）", "The book cannot be read: %s (%s)",
                    failed.getMessage(), Serve.innermost(failed));
        }
    }

    private List<LocalDate> days(Packs loaded, Policy policy) {
        return on.isEmpty() ? Converging.days(loaded.catalogue(policy.pack(), policy.area()))
                : on.stream().distinct().sorted().toList();
    }

    private Optional<Effect.Series> booked(Packs loaded, Policy policy) {
        try (var book = place.open(surroundings)) {
            var effects = new PathEffects(book.volumes(), loaded, surroundings.version());
            var question = new PathEffects.Question(policy.pack(), policy.area(), area, new Span(from, to),
                    days(loaded, policy));
            try (var bar = new ProgressBarBuilder().setTaskName("price-effect")
                    .setInitialMax(effects.affected(question, Integer.MAX_VALUE))
                    .setConsumer(new ConsoleProgressBarConsumer(surroundings.err(), 100)).build()) {
                return Optional.of(effects.of(question, bar::stepTo));
            }
        }
    }

    /// The effects on the volumes of a file; nothing, and every bad row on the terminal, when one is wrong.
    private Optional<Effect.Series> counted(Packs loaded, Policy policy, Path file) {
        var effects = new VolumeEffects(loaded.catalogue(policy.pack(), policy.area()), from);
        var rows = new ArrayList<VolumeEffects.Row>();
        var bad = false;
        try (var cells = CellFile.open(file)) {
            var top = cells.next();
            var header = top == null ? List.<String>of() : top.cells();
            if (!header.containsAll(COLUMNS)) {
                complain(Tongchou.REFUSED, "须有列：%s", "The columns are: %s", String.join(", ", COLUMNS));
                return Optional.empty();
            }
            for (var row = cells.next(); row != null; row = cells.next()) {
                if (row.isBlank()) {
                    continue;
                }
                Map<String, String> named = new HashMap<>();
                for (var column : COLUMNS) {
                    named.put(column, row.cell(header.indexOf(column)));
                }
                var read = row(named);
                if (read.isEmpty() || !effects.knows(read.get())) {
                    bad = true;
                    complain(Tongchou.REFUSED, "第 %d 行：%s；目录中的编码、primary/secondary/tertiary、正数、0 至 100%%",
                            "row %d: %s; a code of the catalogue, primary/secondary/tertiary, a positive number, "
                            + "0 to 100%%", row.number(), row.cells());
                    continue;
                }
                var unknown = effects.unknownOn(read.get(), days(loaded, policy));
                if (unknown.isPresent()) {
                    bad = true;
                    complain(Tongchou.REFUSED, "第 %d 行：%s；%s 有趋同规则，但该级前后价格没有写明或单位不同",
                            "row %d: %s; a rule holds on %s, but no price at the tier before and after is stated in "
                            + "one unit", row.number(), row.cells(), unknown.get());
                }
                rows.add(read.get());
            }
        }
        return bad ? Optional.empty() : Optional.of(effects.of(rows, days(loaded, policy)));
    }

    private static Optional<VolumeEffects.Row> row(Map<String, String> cells) {
        try {
            var tier = Arrays.stream(Tier.values()).filter(one -> Words.of(one).equals(cells.get("tier"))).findFirst();
            var quantity = new BigDecimal(cells.get("quantity"));
            var percent = cells.get("fund_percent").replace("%", "");
            var fund = Ratio.of(percent + "%");
            return tier.isEmpty() || quantity.signum() <= 0 || quantity.scale() > 4 || quantity.precision() > 13
                    || fund.compareTo(Ratio.ZERO) < 0 || fund.compareTo(Ratio.WHOLE) > 0
                    ? Optional.empty() : Optional.of(new VolumeEffects.Row(cells.get("item"),
                            cells.get("institution"), tier.get(), quantity, fund));
        } catch (ArithmeticException | IllegalArgumentException notANumber) {
            return Optional.empty();
        }
    }

    /// A table in CSV: the whole and every institution for each day, then the items.
    private void print(Effect.Series series) {
        surroundings.out().println("on,what,code,total_more_yuan,fund_more_yuan,patients_more_yuan,hospital_more_yuan");
        for (var effect : series.effects()) {
            print(effect.on(), "all", "", effect.whole());
            effect.institutions().forEach((code, parts) -> print(effect.on(), "institution", code, parts));
            effect.items().forEach((code, item) -> surroundings.out().println(String.join(",", effect.on().toString(),
                    "item", code, item.after().minus(item.before()).yuan(), "", "", "")));
        }
        surroundings.err().println(series.resettled() ? texts.say(
                "逐笔重新结算 %d 人；未能测算 %d 人，未计入。", "%d members settled again; %d could not be and count nowhere.",
                series.members(), series.leftOut().size()) : texts.say(
                "按给定的基金支付比例分摊，未逐笔重新结算。", "Apportioned by the given shares of the fund, not settled again."));
        series.leftOut().forEach(one -> surroundings.err().println(one.member() + " " + one.why()));
    }

    private void print(LocalDate day, String what, String code, Parts parts) {
        surroundings.out().println(String.join(",", day.toString(), what, code, parts.total().yuan(),
                parts.fund().yuan(), parts.patients().yuan(), parts.hospital().yuan()));
    }

    private int complain(int code, String zh, String en, @Nullable Object... words) {
        surroundings.err().println(texts.say(zh, en, words));
        return code;
    }
}
