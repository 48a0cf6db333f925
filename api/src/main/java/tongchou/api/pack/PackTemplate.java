package tongchou.api.pack;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tongchou.core.people.Scheme;

/// The files with which a new pack begins (政策包模板): commented, complete, and free of findings.
///
/// Every number in it is of grade demonstration until its author replaces it and names the document.
///
/// @param id short name of the pack
/// @param parent id of the pack it extends
/// @param division six-digit division code of the area
/// @param year the first year it covers
/// @param replaces areas of other packs that it takes over
public record PackTemplate(
        String id, String name, String nameEn, String parent, String division, Set<Scheme> schemes, int year,
        List<Replacement> replaces) {

    /// Copies the schemes and replacements.
    ///
    /// @throws IllegalArgumentException when a name or code has another form, naming it
    public PackTemplate {
        schemes = Set.copyOf(schemes);
        replaces = List.copyOf(replaces);
        require("id", id);
        require("name", name);
        require("name-en", nameEn);
        require("extends", parent);
        require("division", division);
        require(!schemes.isEmpty(), "schemes", "");
        for (var one : replaces) {
            require(one.from().getYear() == year, "replaces-from", one.from().toString());
        }
    }

    /// Whether a name or code has its form.
    ///
    /// @param option id, name, name-en, extends or division
    public static boolean takes(String option, String value) {
        return switch (option) {
            case "id", "extends" -> value.matches("[a-z][a-z0-9-]*");
            case "division" -> value.matches("[0-9]{6}");
            default -> !value.isBlank();
        };
    }

    private static void require(String option, String read) {
        require(takes(option, read), option, read);
    }

    private static void require(boolean holds, String option, String read) {
        if (!holds) {
            throw new IllegalArgumentException("--" + option + " " + read);
        }
    }

    /// The files by their paths inside the pack.
    public SortedMap<String, String> files() {
        var files = new TreeMap<String, String>();
        files.put("pack.yaml", filled(PACK));
        files.put("sources.yaml", filled(SOURCES));
        files.put("groups.yaml", filled(GROUPS));
        files.put("coverage.yaml", filled(COVERAGE));
        files.put("readings.md", filled(READINGS));
        files.put("changes.md", filled(CHANGES));
        files.put("areas/" + id + "/area.yaml", filled(AREA));
        for (var scheme : schemes) {
            var word = scheme == Scheme.EMPLOYEE ? "职工" : "居民";
            var file = scheme == Scheme.EMPLOYEE ? "employee" : "resident";
            files.put("areas/" + id + "/benefits/" + file + "-inpatient.yaml", filled(INPATIENT)
                    .replace("SCHEME_EN", scheme == Scheme.EMPLOYEE ? "Employee" : "Resident").replace("SCHEME", word));
            files.put("cases/" + file + "-inpatient.yaml", filled(CASE).replace("STATUS", scheme == Scheme.EMPLOYEE
                    ? "scheme: employee, status: active" : "scheme: resident, status: adult").replace("SCHEME", word));
        }
        return files;
    }

    private String takesOver() {
        return replaces.isEmpty() ? "" : "# 接管其他政策包的地区：from 起由本包结算，此前仍由原包结算。\nreplaces:\n"
                + replaces.stream().map(one -> "  - " + one + "\n").collect(Collectors.joining());
    }

    private String filled(String text) {
        return text.replace("NAME_EN", nameEn).replace("NAME", name).replace("PARENT", parent).replace("ID", id)
                .replace("DIVISION", division).replace("YEAR", Integer.toString(year))
                .replace("TAKESOVER", takesOver());
    }

    private static final String PACK = """
            # 政策包是什么、覆盖哪些日期。格式说明见 docs/reference/pack-format.md。
            pack: ID
            version: YEAR.1.0
            name: {zh: NAME, en: NAME_EN}
            extends: PARENT
            covers: {from: YEAR-01-01, to: YEAR-12-31}
            TAKESOVER# 示范值全部换成有文件依据的数值之后，改为 false。
            demonstration: true
            maintainers: [NAME医疗保障局]
            """;
    private static final String SOURCES = """
            # 每份文件只写一次。grade：official 发文机关原文；secondary 转述；demonstration 没有文件的示范值。
            documents:
              - id: ID-demonstration
                title: NAME示范值
                number: ""
                issuer: NAME医疗保障局
                issued: YEAR-01-01
                grade: demonstration
                checked: ""
            #  - id: ID-inpatient
            #    title: 关于……的通知
            #    number: 某医保发〔YEAR〕1号
            #    issuer: NAME医疗保障局
            #    issued: YEAR-01-01      # 发文日期
            #    from: YEAR-01-01        # 施行日期
            #    grade: official
            #    checked: ""            # 谁在哪一天与原文核对过
            """;
    private static final String GROUPS = """
            # 本地的词：职工、三级……各是什么条件。可用的条件见 docs/reference/pack-format.md。
            groups:
              职工: {scheme: employee}
              居民: {scheme: resident}
              退休: {status: retired}
              住院类: {care: [inpatient, day-surgery]}
              一级及以下: {tier: primary}
              二级: {tier: secondary}
              三级: {tier: tertiary}
              已签约: {contract: here}
            """;
    private static final String COVERAGE = """
            # 文件的每一条：executed 已执行，not-executed 未执行，doubtful 存疑。
            coverage:
              - {doc: ID-demonstration, article: 住院, status: executed, note: 示范值，等待文件}
            """;
    private static final String READINGS = """
            # 读法

            文件有两种理解的地方，写下两种读法、各自的数字和采用的一种：R1、R2……
            """;
    private static final String CHANGES = """
            # 变更

            ## YEAR

            - 新建。住院待遇为示范值。
            """;
    private static final String AREA = """
            # 地区：名称与区划代码；这里参保的人按本文件夹的待遇结算。
            area: ID
            name: {zh: NAME, en: NAME_EN}
            divisions: ["DIVISION"]
            """;
    private static final String INPATIENT = """
            # SCHEME住院。一行是：条件（when）、数值、起始日（from）、依据（source）；没写的从上一级继承。
            benefit: SCHEME住院
            name-en: SCHEME_EN inpatient
            applies: [SCHEME, 住院类]
            counts-stays-as: 住院次数
            from: YEAR-01-01
            source: {doc: ID-demonstration, article: 住院}
            class-b-pre-pay:
              - {ratio: "10%"}
            layers:
              - layer: 统筹基金
                name-en: Pooled fund
                payer: pooled
                base: [in-scope]
                deductible:
                  per: encounter
                  rows:
                    - {when: [一级及以下], yuan: "200.00"}
                    - {when: [二级],       yuan: "400.00"}
                    - {when: [三级],       yuan: "800.00"}
                bands:
                  rows:
                    - {above: "0", when: [一级及以下], ratio: "85%"}
                    - {above: "0", when: [二级],       ratio: "75%"}
                    - {above: "0", when: [三级],       ratio: "65%"}
                ceilings:
                  - on: payment
                    per: year
                    counter: SCHEME住院支付
                    rows:
                      - {yuan: "100000.00"}
            """;
    private static final String CASE = """
            # 算例：写出每一步算术；check-pack 会照着结算。origin：official、press、hand 或 derived。
            cases:
              - case: SCHEME在二级医院住院，费用 10,000 元
                origin: hand
                area: ID
                person: {STATUS, born: 1980-05-01}
                institution: {tier: secondary}
                encounters:
                  - care: inpatient
                    from: YEAR-03-01
                    to: YEAR-03-09
                    # 或逐项写：lines: [{item: 目录编码, yuan: "70.00", quantity: "100"}]，由目录判定
                    bill: {in-scope: "10000.00"}
                    expect: {deductible: "400.00", pooled: "7200.00", cash: "2800.00"}
                working: |
                  起付线 400；(10,000 − 400) × 75% = 7,200；个人 10,000 − 7,200 = 2,800。
            """;
}
