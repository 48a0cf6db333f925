package tongchou.api.pack;

import java.time.DateTimeException;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.BenefitYear;
import tongchou.core.calendar.Period;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.money.Rounding;
import tongchou.core.policy.Amount;
import tongchou.core.policy.Axis;
import tongchou.core.policy.Bands;
import tongchou.core.policy.Benefit;
import tongchou.core.policy.Burden;
import tongchou.core.policy.Ceiling;
import tongchou.core.policy.Deductible;
import tongchou.core.policy.DeductibleChange;
import tongchou.core.policy.Layer;
import tongchou.core.policy.Payer;
import tongchou.core.policy.RatioChange;
import tongchou.core.policy.Row;
import tongchou.core.policy.Table;

/// Reads benefits, their layers and the shared definitions they use (待遇文件).
final class BenefitReader {

    private static final String[] LAYER_KEYS = {"layer", "name-en", "payer", "applies", "base", "excluded",
        "deductible", "bands", "ratio-changes", "guarantee", "ceilings", "rounding", "from", "to", "issued", "source"};
    private static final String[] USE_KEYS = Stream.concat(Stream.of("use"), Stream.of(LAYER_KEYS).skip(1))
            .toArray(String[]::new);

    private final Findings findings;
    private final RowReader rows;
    private final Figures figures;

    BenefitReader(Findings findings, RowReader rows, Figures figures) {
        this.findings = findings;
        this.rows = rows;
        this.figures = figures;
    }

    Benefit benefit(Tree.Mapping file, Scope scope) {
        var section = Section.of(file, findings, "benefit", "name-en", "applies", "year", "binds-on", "counts-stays-as",
                "class-b-pre-pay", "out-of-area-pre-pay", "layers", "from", "to", "issued", "source");
        var setting = rows.within(section, RowReader.Setting.of(scope));
        var layers = new ArrayList<Layer>();
        for (var tree : section.list("layers")) {
            layer(tree, setting).ifPresent(layers::add);
        }
        if (layers.isEmpty()) {
            findings.error(file, "layers：至少一个支付层次", "layers: at least one");
        }
        var applies = rows.conditions(section, section.words("applies"), scope);
        if (applies.demands().stream().anyMatch(demand -> demand.axis() == Axis.BILL)) {
            section.complain("applies", "不看总费用的条件：按费用区别的写在行里",
                    "conditions other than the bill, which rows may ask for");
        }
        return new Benefit(section.text("benefit"), section.text("name-en"), applies, year(section),
                section.choice("binds-on", Benefit.Binding.class, Benefit.Binding.LAST_DAY),
                section.text("counts-stays-as", ""),
                shares(section.list("class-b-pre-pay"), setting), shares(section.list("out-of-area-pre-pay"), setting),
                layers);
    }

    private BenefitYear year(Section section) {
        try {
            return new BenefitYear(MonthDay.parse("--" + section.text("year", "01-01")));
        } catch (DateTimeException wrong) {
            section.complain("year", "月-日，如 07-01", "month-day such as 07-01");
            return BenefitYear.CALENDAR;
        }
    }

    private Table<Ratio> shares(List<Tree> list, RowReader.Setting setting) {
        return rows.table(list, setting, row -> row.ratio("ratio"), "ratio");
    }

    /// A layer written in place, or used from a shared definition with some of its sections restated.
    private Optional<Layer> layer(Tree tree, RowReader.Setting setting) {
        if (!(tree instanceof Tree.Mapping mapping) || !mapping.entries().containsKey("use")) {
            var section = Section.of(tree, findings, LAYER_KEYS);
            var inner = rows.within(section, setting);
            return Optional.of(layer(section, key -> new Part(section, inner)));
        }
        var use = Section.of(tree, findings, USE_KEYS);
        return defined("layer", use, setting).map(definition -> {
            var shared = Section.of(definition.tree(), findings, LAYER_KEYS);
            var below = rows.within(shared, shared(definition));
            var restated = rows.within(use, setting).replacing(definition.scope().name());
            return layer(shared, key -> use.has(key) ? new Part(use, restated) : new Part(shared, below));
        });
    }

    private static RowReader.Setting shared(Scope.Defined definition) {
        return RowReader.Setting.of(definition.scope()).replacing(definition.overrides());
    }

    private Optional<Scope.Defined> defined(String kind, Section use, RowReader.Setting setting) {
        var found = setting.scope().definition(kind, use.text("use"));
        if (found.isEmpty()) {
            use.complain("use", "shared/ 中定义的 " + kind, "a " + kind + " defined in shared/");
        }
        return found;
    }

    /// Where a key of a layer is read from, and what its rows inherit there.
    private record Part(Section section, RowReader.Setting setting) {
    }

    private Layer layer(Section named, Function<String, Part> part) {
        var payer = part.apply("payer").section.choice("payer", Payer.class);
        var base = burdens(part.apply("base").section);
        var layer = new Layer(named.text("layer"), part.apply("name-en").section.text("name-en"), payer,
                applies(payer, part.apply("applies")), base, flags("excluded", part.apply("excluded")),
                deductible(part.apply("deductible")), bands(part.apply("bands")), changes(part.apply("ratio-changes")),
                shares(part.apply("guarantee").section.list("guarantee"), part.apply("guarantee").setting),
                ceilings(part.apply("ceilings")),
                part.apply("rounding").section.choice("rounding", Rounding.class, Rounding.HALF_UP));
        check(named, layer);
        return layer;
    }

    private void check(Section section, Layer layer) {
        if (layer.payer() == Payer.CASH) {
            section.complain("payer", "现金是剩余部分，不能作为支付层次", "cash is what remains, never a layer");
        }
        if (!layer.payer().isFund() && (layer.bands() != null || layer.deductible() != null)) {
            section.complain("payer", "个人账户与医院负担不写起付线和分段", "accounts and the hospital have no deductible or bands");
        }
        if (!layer.payer().isFund() && !layer.ceilings().stream().allMatch(ceiling -> layer.payer().isAccount()
                && ceiling.on() == Ceiling.On.PAYMENT)) {
            section.complain("ceilings", "医院负担不写封顶线；个人账户只限支付额",
                    "none for the hospital; for accounts only ceilings on payment");
        }
    }

    private List<Burden> burdens(Section section) {
        var burdens = new ArrayList<Burden>();
        for (var word : section.words("base")) {
            Stream.of(Burden.values()).filter(burden -> burden.word().equals(word)).findFirst()
                    .ifPresentOrElse(burdens::add, () -> section.complain("base",
                            "以下各项：" + words(Burden.values()), "some of: " + words(Burden.values())));
        }
        if (burdens.isEmpty()) {
            section.complain("base", "至少一项待支付部分", "at least one burden");
            burdens.add(Burden.IN_SCOPE);
        }
        return burdens;
    }

    private static String words(Burden[] burdens) {
        return String.join(", ", Stream.of(burdens).map(Burden::word).toList());
    }

    /// When a layer takes part. Accounts and the institution have no other rows: the source that stands around them is
    /// what their payments cite.
    private Table<Boolean> applies(Payer payer, Part part) {
        if (payer.isFund() || part.section.has("applies") || part.setting.from() == null
                || part.setting.document() == null) {
            return flags("applies", part);
        }
        var tree = part.section.tree();
        return rows.table(List.of(new Tree.Mapping(tree.file(), tree.line(), tree.path(), Map.of())), part.setting,
                row -> true);
    }

    private Table<Boolean> flags(String key, Part part) {
        return rows.table(part.section.list(key), part.setting, row -> row.flag(key, true), key);
    }

    private @Nullable Deductible deductible(Part part) {
        var tree = part.section.at("deductible");
        if (tree.isEmpty()) {
            return null;
        }
        var section = Section.of(tree.get(), findings, "per", "counter", "times-months", "rows", "changes", "from",
                "to", "issued", "source");
        var setting = rows.within(section, part.setting);
        var changes = new ArrayList<Table<DeductibleChange>>();
        for (var rule : section.list("changes")) {
            rule("deductible-change", rule, setting, this::deductibleChange, DEDUCTIBLE_CHANGES)
                    .ifPresent(changes::add);
        }
        var per = section.choice("per", Period.class);
        var remembers = per != Period.ENCOUNTER || changes.stream().flatMap(table -> table.rows().stream()).anyMatch(
                row -> row.value() instanceof DeductibleChange.Continuous
                        || row.value() instanceof DeductibleChange.AtMostInYear);
        if (remembers && !section.has("counter")) {
            section.complain("counter", "累计项名称", "the name of the counter that remembers");
        }
        return new Deductible(per, section.text("counter", ""), section.flag("times-months", false),
                amounts(section.list("rows"), setting), changes);
    }

    private static final String[] DEDUCTIBLE_CHANGES = {"times", "minus", "minus-per-further-stay", "at-least",
        "waived", "continuous", "again-every-days", "at-most-in-year"};

    private DeductibleChange deductibleChange(Section row) {
        return switch (only(row, DEDUCTIBLE_CHANGES)) {
            case "times" -> new DeductibleChange.Times(row.ratio("times"));
            case "minus" -> new DeductibleChange.Minus(row.yuan("minus"));
            case "minus-per-further-stay" -> new DeductibleChange.MinusPerFurtherStay(
                    row.yuan("minus-per-further-stay"));
            case "at-least" -> new DeductibleChange.AtLeast(row.yuan("at-least"));
            case "continuous" -> new DeductibleChange.Continuous();
            case "again-every-days" -> new DeductibleChange.AgainEvery(Math.max(1, row.number("again-every-days", 1)));
            case "at-most-in-year" -> new DeductibleChange.AtMostInYear(row.yuan("at-most-in-year"));
            default -> new DeductibleChange.Waived();
        };
    }

    private static final String[] RATIO_CHANGES = {"points", "points-per-year-of-age", "times", "patient-share-times",
        "at-least", "at-most"};

    private List<Table<RatioChange>> changes(Part part) {
        var changes = new ArrayList<Table<RatioChange>>();
        for (var rule : part.section.list("ratio-changes")) {
            rule("ratio-change", rule, part.setting, this::ratioChange, "points", "points-per-year-of-age", "from-age",
                    "times", "patient-share-times", "at-least", "at-most").ifPresent(changes::add);
        }
        return changes;
    }

    private RatioChange ratioChange(Section row) {
        return switch (only(row, RATIO_CHANGES)) {
            case "points-per-year-of-age" -> new RatioChange.PointsPerYearOfAge(
                    row.points("points-per-year-of-age"), row.number("from-age", 0));
            case "times" -> new RatioChange.Times(row.ratio("times"));
            case "patient-share-times" -> new RatioChange.PatientShareTimes(row.ratio("patient-share-times"));
            case "at-least" -> new RatioChange.AtLeast(row.ratio("at-least"));
            case "at-most" -> new RatioChange.AtMost(row.ratio("at-most"));
            default -> new RatioChange.Points(row.has("points") ? row.points("points") : Ratio.ZERO);
        };
    }

    /// The one key of several that a row states.
    private String only(Section row, String... keys) {
        var stated = Stream.of(keys).filter(row::has).toList();
        if (stated.size() != 1) {
            var choices = String.join(", ", keys);
            findings.error(row.tree(), "恰好写一个：" + choices, "exactly one of: " + choices);
        }
        return stated.isEmpty() ? "" : stated.getFirst();
    }

    /// A named rule written in place, or used from a shared definition.
    private <V> Optional<Table<V>> rule(String kind, Tree tree, RowReader.Setting setting, Function<Section, V> value,
            String... keys) {
        if (tree instanceof Tree.Mapping mapping && mapping.entries().containsKey("use")) {
            return defined(kind, Section.of(tree, findings, "use"), setting).map(definition -> {
                var section = Section.of(definition.tree(), findings, kind, "rows", "from", "to", "issued", "source");
                return rows.table(section.list("rows"), rows.within(section, shared(definition)), value, keys);
            });
        }
        var section = Section.of(tree, findings, "rule", "rows", "from", "to", "issued", "source");
        section.text("rule");
        return Optional.of(rows.table(section.list("rows"), rows.within(section, setting), value, keys));
    }

    private @Nullable Bands bands(Part part) {
        var tree = part.section.at("bands");
        if (tree.isEmpty()) {
            return null;
        }
        var section = Section.of(tree.get(), findings, "measured-on", "over", "counter", "origin", "rows", "from", "to",
                "issued", "source");
        var over = section.choice("over", Period.class, Period.ENCOUNTER);
        if (over != Period.ENCOUNTER && !section.has("counter")) {
            section.complain("counter", "累计项名称", "the name of the counter that remembers");
        }
        return new Bands(section.choice("measured-on", Bands.Measure.class, Bands.Measure.EXPENSE), over,
                section.text("counter", ""),
                section.choice("origin", Bands.Origin.class, Bands.Origin.ABOVE_DEDUCTIBLE),
                rows.table(section.list("rows"), rows.within(section, part.setting),
                        row -> new Bands.Band(row.yuan("above"), only(row, "ratio", "unknown").equals("unknown")
                                ? null : share(row)), "above", "ratio", "unknown"));
    }

    private static Ratio share(Section row) {
        if (!row.has("ratio")) {
            return Ratio.ZERO;
        }
        var ratio = row.ratio("ratio");
        if (ratio.compareTo(Ratio.WHOLE) > 0 || ratio.millionths() % 100 != 0) {
            row.complain("ratio", "不超过 100%、至多两位小数的百分比", "at most 100% with at most two decimals");
            return Ratio.ZERO;
        }
        return ratio;
    }

    private List<Ceiling> ceilings(Part part) {
        var ceilings = new ArrayList<Ceiling>();
        for (var tree : part.section.list("ceilings")) {
            if (tree instanceof Tree.Mapping mapping && mapping.entries().containsKey("use")) {
                defined("ceilings", Section.of(tree, findings, "use"), part.setting).ifPresent(definition -> {
                    var section = Section.of(definition.tree(), findings, "ceilings", "list", "from", "to", "issued",
                            "source");
                    var setting = rows.within(section, shared(definition));
                    section.list("list").forEach(item -> ceilings.add(ceiling(item, setting)));
                });
            } else {
                ceilings.add(ceiling(tree, part.setting));
            }
        }
        return ceilings;
    }

    private Ceiling ceiling(Tree tree, RowReader.Setting outer) {
        var section = Section.of(tree, findings, "on", "per", "counter", "times-months", "rows", "growth", "from", "to",
                "issued", "source");
        var setting = rows.within(section, outer);
        var per = section.choice("per", Period.class);
        if (per != Period.ENCOUNTER && !section.has("counter")) {
            section.complain("counter", "累计项名称", "the name of the counter that remembers");
        }
        return new Ceiling(section.choice("on", Ceiling.On.class, Ceiling.On.PAYMENT), per, section.text("counter", ""),
                section.flag("times-months", false), amounts(section.list("rows"), setting),
                rows.table(section.list("growth"), setting, this::growth, "each-year", "after-years",
                        "each-claim-free-year", "at-most", "at-most-share"));
    }

    private Ceiling.Growth growth(Section row) {
        return new Ceiling.Growth(row.yuan("each-year"), row.number("after-years", 0),
                row.has("each-claim-free-year") ? row.yuan("each-claim-free-year") : Fen.ZERO,
                only(row, "at-most", "at-most-share").equals("at-most-share")
                        ? new Ceiling.Growth.Limit.Share(row.ratio("at-most-share"))
                        : new Ceiling.Growth.Limit.Sum(row.has("at-most") ? row.yuan("at-most") : Fen.ZERO));
    }

    private Table<Amount> amounts(List<Tree> list, RowReader.Setting setting) {
        var read = new ArrayList<Row<Amount>>();
        for (var tree : list) {
            if (tree instanceof Tree.Mapping mapping && mapping.entries().containsKey("figure")) {
                var at = Section.of(mapping, findings, mapping.entries().keySet().toArray(String[]::new));
                var share = rows.row(tree, setting, row -> row.ratio("share"), "share", "figure");
                rows.stand(tree, figures.of(share, at.text("figure"), at)).forEach(read::add);
            } else {
                read.add(rows.row(tree, setting, this::amount, "yuan", "share", "of", "at-least", "at-most", "none",
                        "unknown"));
            }
        }
        return new Table<>(read);
    }

    private Amount amount(Section row) {
        return switch (only(row, "yuan", "share", "none", "unknown")) {
            case "share" -> switch (row.text("of", "bill")) {
                case "bill" -> new Amount.ShareOfBill(row.ratio("share"), atLeast(row), atMost(row));
                case "in-scope" -> new Amount.ShareOfScope(row.ratio("share"), atLeast(row), atMost(row));
                default -> {
                    row.complain("of", "bill 或 in-scope", "bill or in-scope");
                    yield new Amount.None();
                }
            };
            case "none" -> new Amount.None();
            case "unknown" -> new Amount.Unknown();
            default -> new Amount.Yuan(row.has("yuan") ? row.yuan("yuan") : Fen.ZERO);
        };
    }

    private static Fen atLeast(Section row) {
        return row.has("at-least") ? row.yuan("at-least") : Fen.ZERO;
    }

    private static Fen atMost(Section row) {
        return row.has("at-most") ? row.yuan("at-most") : Fen.of(Long.MAX_VALUE);
    }
}
