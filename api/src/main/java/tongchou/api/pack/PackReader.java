package tongchou.api.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.InForce;
import tongchou.core.policy.Benefit;
import tongchou.core.policy.Divisions;
import tongchou.core.policy.Document;
import tongchou.core.policy.Payer;
import tongchou.core.policy.Policy;
import tongchou.core.policy.Row;
import tongchou.core.policy.Table;
import tongchou.core.policy.WaitingPeriod;

/// Reads one pack on top of the pack it extends (政策包读取). Everything wrong is found in one pass.
final class PackReader {

    private static final String[] DEFINITIONS = {"layer", "deductible-change", "ratio-change", "ceilings"};

    private final PackFiles files;
    private final ParsedFiles parsed;
    private final @Nullable Pack parent;
    private final Findings findings = new Findings();
    private final Scope scope;
    private final Header header;
    private final RowReader rows;
    private final GroupReader groups = new GroupReader(findings);
    private final List<Incentives.Accepted> accepted = new ArrayList<>();
    private final List<Pack.Parameter> own = new ArrayList<>();

    /// What `pack.yaml` says.
    ///
    /// @param parent id of the pack it extends, empty for the root
    record Header(String id, String version, String name, String nameEn, String parent, InForce cover,
            List<Replacement> replaces, boolean demonstration, List<String> maintainers) {

        static Header of(ParsedFiles files, Findings findings) {
            var tree = files.read("pack.yaml", findings)
                    .orElse(new Tree.Mapping("pack.yaml", 1, "", Map.of()));
            var section = Section.of(tree, findings, "pack", "version", "name", "extends", "covers", "replaces",
                    "demonstration", "maintainers");
            var name = names(section, findings);
            var id = section.text("pack");
            if (section.has("pack") && !id.matches("[a-z][a-z0-9-]*")) {
                section.complain("pack", "小写字母、数字与连字符", "lower-case letters, digits and hyphens");
            }
            var version = section.text("version");
            if (section.has("version") && !version.matches("[0-9]{1,9}(\\.[0-9]{1,9}){0,3}")) {
                section.complain("version", "数字与点，例如 2026.1.0，以便比较新旧",
                        "numbers and dots such as 2026.1.0, so that versions can be compared");
            }
            var cover = days(section, findings, InForce.ALWAYS);
            return new Header(id, version, name.text("zh"), name.text("en"), section.text("extends", ""), cover,
                    replaces(section, id, cover, findings), section.flag("demonstration", false),
                    section.words("maintainers"));
        }

        private static List<Replacement> replaces(Section pack, String id, InForce cover, Findings findings) {
            var replaces = new ArrayList<Replacement>();
            for (var item : pack.list("replaces")) {
                var section = Section.of(item, findings, "pack", "area", "from");
                var one = new Replacement(section.text("pack"), section.text("area"), section.day("from"));
                if (one.pack().equals(id)) {
                    section.complain("pack", "另一政策包的名称", "the name of another pack");
                }
                if (section.has("from") && !cover.covers(one.from())) {
                    section.complain("from", "在政策包覆盖日期 " + cover + " 之内", "a day within the pack's " + cover);
                }
                if (replaces.stream().anyMatch(other -> other.names(one.pack(), one.area()))) {
                    section.complain("area", "每个地区只写一次", "every area once");
                }
                replaces.add(one);
            }
            return replaces;
        }
    }

    private static Section names(Section section, Findings findings) {
        var at = section.tree();
        return Section.of(section.at("name").orElseGet(() -> new Tree.Mapping(at.file(), at.line(), "name", Map.of())),
                findings, "zh", "en");
    }

    private static InForce days(Section section, Findings findings, InForce otherwise) {
        if (!section.has("covers")) {
            return otherwise;
        }
        var covers = Section.of(section.at("covers").orElseThrow(), findings, "from", "to");
        return covers.inForce(covers.day("from"), covers.day("to", LocalDate.MAX));
    }

    PackReader(ParsedFiles parsed, @Nullable Pack parent, @Nullable Scope outer) {
        this.files = parsed.files();
        this.parsed = parsed;
        this.parent = parent;
        this.header = Header.of(parsed, findings);
        this.scope = new Scope(header.name, outer);
        this.rows = new RowReader(findings, header.demonstration);
    }

    /// The names this pack adds, for the packs that extend it.
    Scope scope() {
        return scope;
    }

    /// Where a row that was read stands.
    Tree place(Row<?> row) {
        return rows.place(row);
    }

    /// Where the first of several rows stands that this pack states itself; an empty place when none is its own.
    Tree place(List<? extends Row<?>> among) {
        return among.stream().map(rows::place).filter(tree -> !tree.file().isEmpty()).findFirst()
                .orElseGet(() -> new Tree.Text("", 0, "", ""));
    }

    /// The incentive findings that the author keeps.
    List<Incentives.Accepted> accepted() {
        return List.copyOf(accepted);
    }

    /// Reads the rules and, for a check, the worked examples, which settling does not need.
    Reading read(boolean withCases) {
        each("sources.yaml", this::sources);
        each("groups.yaml", groups::read);
        each("shared/", this::define);
        var policies = new ArrayList<Policy>();
        var items = new ArrayList<CatalogueRow>();
        var listings = new ListingReader(parsed, findings, header.demonstration,
                parent == null ? null : parent.listings());
        var parameters = new ArrayList<Pack.Parameter>();
        var hash = files.hash(parent == null ? "" : parent.hash());
        items.addAll(listings.read("", scope));
        each("parameters.yaml", (tree, at) -> parameters(tree, at, "", own));
        for (var area : areas()) {
            area(area, hash, policies, local -> items.addAll(listings.read(area, local)), parameters);
        }
        parameters.addAll(own);
        var coverage = new ArrayList<Pack.Clause>();
        each("coverage.yaml", (tree, at) -> coverage(tree, coverage));
        var cases = new ArrayList<Case>();
        var readers = new CaseReader(findings);
        each(Case.CONTRACTS, (tree, at) -> cases.addAll(readers.read(tree, policies)));
        if (withCases) {
            each("cases/", (tree, at) -> cases.addAll(readers.read(tree, policies)));
        }
        each("incentives.yaml", this::accepted);
        unknownFiles();
        var waiting = waiting();
        var divisions = divisions();
        var catalogue = listings.finish();
        var pack = findings.hasErrors() ? null : new Pack(header.id, header.version, hash, header.name, header.nameEn,
                parent, header.cover, header.replaces, header.demonstration, header.maintainers,
                scope.documents(), policies, items, catalogue, parameters, divisions, waiting, coverage, cases);
        return new Reading(pack, files.origin(), findings.sorted());
    }

    /// Reads a file, or every YAML file of a folder.
    private void each(String place, BiConsumer<Tree.Mapping, Scope> reader) {
        each(place, scope, reader);
    }

    private void each(String place, Scope at, BiConsumer<Tree.Mapping, Scope> reader) {
        under(place).forEach(file -> parsed.read(file, findings).ifPresent(tree -> reader.accept(tree, at)));
    }

    private List<String> under(String place) {
        return files.files().keySet().stream().filter(file -> file.equals(place)
                || place.endsWith("/") && file.startsWith(place) && file.endsWith(".yaml")).toList();
    }

    private List<String> areas() {
        return files.files().keySet().stream().filter(file -> AREA.matcher(file).matches())
                .map(file -> file.substring("areas/".length(), file.lastIndexOf('/'))).toList();
    }

    private static final String CODE = "[0-9]{6}";
    private static final String CODES = "[0-9]{2}([0-9]{2}([0-9]{2}|\\*\\*)|\\*{4})";

    private static final Pattern AREA = Pattern.compile("areas/[^/]+/area\\.yaml");

    private static final Pattern FILES = Pattern.compile(
            "(pack|sources|groups|parameters|waiting|coverage|incentives)\\.yaml|(shared|cases)/.+\\.yaml"
            + "|divisions\\.csv|contracts/[^/]+/.+\\.yaml"
            + "|areas/[^/]+/((area|groups|parameters)|benefits/[^/]+)\\.yaml|(areas/[^/]+/)?catalogue\\.csv"
            + "|(areas/[^/]+/)?catalogue/(" + ListingReader.FILES + ")"
            + "|.*\\.(?!yaml$|yml$|csv$)[^.]*");

    /// Files that nothing reads, such as a misspelt name.
    private void unknownFiles() {
        for (var file : files.files().keySet()) {
            if (!FILES.matcher(file).matches()) {
                findings.error(file, 0, "", file, "docs/reference/pack-format.md 所列的文件名",
                        "a file name that docs/reference/pack-format.md lists");
            }
        }
    }

    private void sources(Tree.Mapping tree, Scope at) {
        for (var item : Section.of(tree, findings, "documents").list("documents")) {
            var section = Section.of(item, findings, "id", "title", "number", "issuer", "issued", "from", "to", "grade",
                    "checked", "note");
            var issued = section.day("issued");
            var from = section.day("from", issued);
            var document = new Document(section.text("id"), section.text("title"), section.text("number"),
                    section.text("issuer"), issued, section.inForce(from, section.day("to", LocalDate.MAX)),
                    section.choice("grade", Document.Grade.class), blankToNull(section.text("checked", "")));
            if (!at.document(document)) {
                section.complain("id", "每个文件只写一次", "every document once");
            }
        }
    }

    private static @Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text;
    }

    private void define(Tree.Mapping tree, Scope at) {
        for (var kind : DEFINITIONS) {
            if (tree.entries().get(kind) instanceof Tree.Text name) {
                if (!at.define(kind, name.text(), tree)) {
                    findings.error(name, "未使用过的名称", "a name that is not yet used");
                }
                return;
            }
        }
        findings.error(tree, "以下键之一：" + String.join(", ", DEFINITIONS), "one of: " + String.join(", ", DEFINITIONS));
    }

    private void area(String folder, String hash, List<Policy> policies, Consumer<Scope> catalogue,
            List<Pack.Parameter> parameters) {
        var root = "areas/" + folder + "/";
        var tree = parsed.read(root + "area.yaml", findings);
        if (tree.isEmpty()) {
            return;
        }
        var section = Section.of(tree.get(), findings, "area", "name", "divisions", "covers", "demonstration");
        var name = names(section, findings);
        var within = new Scope(header.name.equals(name.text("zh")) ? header.name : header.name + "/" + name.text("zh"),
                scope);
        if (!section.text("area").equals(folder)) {
            section.complain("area", "文件夹名 " + folder, "the folder's name " + folder);
        }
        var divisions = section.words("divisions");
        if (divisions.isEmpty() || !divisions.getFirst().matches(CODE)
                || !divisions.stream().allMatch(code -> code.matches(CODES))) {
            section.complain("divisions", "六位区划代码的列表，首个完整；其余可写 \"3504**\" 表示全市各区县",
                    "a list of six-digit division codes, the first whole; \"3504**\" means every county of a city");
        }
        var cover = days(section, findings, header.cover);
        if (!header.cover.covers(cover.from()) || !header.cover.covers(cover.to())) {
            section.complain("covers", "在政策包覆盖日期 " + header.cover + " 之内", "days within the pack's " + header.cover);
        }
        each(root + "groups.yaml", within, groups::read);
        var benefits = new ArrayList<Benefit>();
        var local = new ArrayList<Pack.Parameter>();
        each(root + "parameters.yaml", within, (file, at) -> parameters(file, at, folder, local));
        parameters.addAll(local);
        var reader = new BenefitReader(findings, rows, figures(local));
        each(root + "benefits/", within, (file, at) -> benefits.add(reader.benefit(file, at)));
        policies.add(new Policy(header.id, header.version, hash, folder, name.text("zh"), name.text("en"), divisions,
                cover, section.flag("demonstration", header.demonstration), benefits));
        catalogue.accept(within);
    }

    /// The figures that amounts of an area may be shares of.
    private Figures figures(List<Pack.Parameter> area) {
        var levels = new ArrayList<>(List.of(area, own));
        for (var at = parent; at != null; at = at.parent()) {
            levels.add(at.parameters().stream().filter(one -> one.area().isEmpty()).toList());
        }
        return new Figures(levels);
    }

    private void parameters(Tree.Mapping tree, Scope at, String area, List<Pack.Parameter> parameters) {
        var section = Section.of(tree, findings, "parameters", "from", "to", "issued", "source");
        var setting = rows.within(section, RowReader.Setting.of(at));
        for (var item : section.list("parameters")) {
            var names = new LinkedHashMap<String, String>();
            var floors = new ArrayList<Payer>();
            var row = rows.row(item, setting, values -> {
                names.put("name", values.text("name"));
                names.put("unit", values.text("unit"));
                if (values.has("floor")) {
                    floors.add(values.choice("floor", Payer.class));
                    if (values.text("unit").equals("points")) {
                        values.points("value");
                    } else {
                        values.ratio("value");
                    }
                }
                return values.text("value");
            }, "name", "unit", "value", "floor");
            parameters.add(new Pack.Parameter(area, names.get("name"), names.get("unit"),
                    floors.isEmpty() ? null : floors.getFirst(), row));
        }
    }

    private void accepted(Tree.Mapping tree, Scope at) {
        for (var item : Section.of(tree, findings, "accepted").list("accepted")) {
            var section = Section.of(item, findings, "benefit", "finding", "why");
            if (!Incentives.titles().contains(section.text("finding"))) {
                var titles = String.join("、", Incentives.titles());
                section.complain("finding", titles, "one of: " + titles);
            }
            section.text("why");
            accepted.add(new Incentives.Accepted(section.text("benefit"), section.text("finding"), item));
        }
    }

    /// The codes that changed: its own over those of the packs it extends.
    private Divisions divisions() {
        var inherited = parent == null ? Divisions.NONE : parent.divisions();
        var own = files.files().get(DivisionReader.FILE);
        return own == null ? inherited : inherited.with(new DivisionReader(findings).read(own, scope));
    }

    private Table<WaitingPeriod> waiting() {
        var tables = new ArrayList<Table<WaitingPeriod>>();
        each("waiting.yaml", (tree, at) -> tables.add(rows.table(
                Section.of(tree, findings, "waiting-period").list("waiting-period"), RowReader.Setting.of(at),
                row -> new WaitingPeriod(row.number("fixed-months", 0), row.number("months-per-further-year", 0),
                        row.number("repaired-year-removes", 0), row.number("long-gap-years", Integer.MAX_VALUE),
                        row.number("long-gap-months", 0)),
                "fixed-months", "months-per-further-year", "repaired-year-removes", "long-gap-years",
                "long-gap-months")));
        if (!tables.isEmpty()) {
            return tables.getFirst();
        }
        return parent == null ? Table.empty() : parent.waiting();
    }

    private void coverage(Tree.Mapping tree, List<Pack.Clause> coverage) {
        for (var item : Section.of(tree, findings, "coverage").list("coverage")) {
            var section = Section.of(item, findings, "doc", "article", "status", "note");
            if (scope.document(section.text("doc")).isEmpty()) {
                section.complain("doc", "sources.yaml 中的文件编号", "the id of a document in sources.yaml");
            }
            if (!List.of("executed", "not-executed", "doubtful").contains(section.text("status"))) {
                section.complain("status", "executed、not-executed 或 doubtful", "executed, not-executed or doubtful");
            }
            coverage.add(new Pack.Clause(section.text("doc"), section.text("article", ""), section.text("status"),
                    section.text("note", "")));
        }
    }
}
