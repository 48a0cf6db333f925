package tongchou.server.catalogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.Names;

/// What the columns of a file mean (列对应): by name as a mapping file says or by place as a national download has them.
///
/// Attributes that mean something: `code`, `name`, `alias`, `generic`, `approval`, `class`, `procurement`, `first-day`,
/// `last-day`, `edition`, `valid`, `tiers`, `restriction`, `national-code`, for what goes into a pack `form`, `unit`,
/// `specification`, `maker`, `pre-pay`, `price`, `limit-price` and `standard`, and `code-part` for columns that make up
/// the code together; every other word is an attribute of that name, and `-` leaves a column out.
///
/// @param attributes column, by name or by its number from 1, to attribute
/// @param header whether the first row names the columns
/// @param classes where classes come from that no column states; null where nothing says it
public record Layout(Map<String, String> attributes, boolean header, @Nullable Classes classes) {

    /// Columns that say everything themselves.
    public Layout(Map<String, String> attributes, boolean header) {
        this(attributes, header, null);
    }

    /// Copies the map.
    public Layout {
        attributes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /// The columns, from 1, of the national downloads (目录下载), by transaction. Columns behind are read by nobody, so
    /// that a province's longer rows fit.
    private static final Map<String, String> NATIONAL = Map.of(
            "1301", "1 code 8 name 4 generic 6 alias 2 brand 11 form 14 specification 54 maker 62 approval "
                    + "37 first-day 38 last-day 79 valid 83 version",
            "1302", "1 code 2 name 20 material 12 first-day 13 last-day 14 valid 18 version",
            "1303", "1 code 53 name 3 alias 2 brand 6 form 11 specification 41 maker 44 approval 65 valid 71 version",
            "1305", "1 code 10 name 3 unit 5 excludes 6 content 12 first-day 13 last-day 7 valid 15 version",
            "1306", "1 code 2 name 5 generic 8 specification 51 approval 60 maker 47 first-day 48 last-day 68 valid "
                    + "70 version",
            "1307", "11 code 12 name 8 category 19 valid 23 version",
            "1308", "11 code 12 name 6 category 19 valid 23 version",
            "1309", "1 code 15 name 2 category 6 valid 10 version",
            "1310", "2 code 3 name 4 operations 6 valid 10 version");

    private static final Map<String, ItemKind> KINDS = Map.of("1301", ItemKind.DRUG, "1302", ItemKind.HERBAL_PIECE,
            "1303", ItemKind.DRUG, "1305", ItemKind.SERVICE, "1306", ItemKind.CONSUMABLE, "1307", ItemKind.DIAGNOSIS,
            "1308", ItemKind.OPERATION, "1309", ItemKind.CHRONIC_DISEASE, "1310", ItemKind.CHRONIC_DISEASE);

    /// Names of columns that need no mapping.
    private static final Map<String, List<String>> USUAL = Map.ofEntries(
            Map.entry("code", List.of("code", "编码", "代码", "医疗目录编码", "医保目录编码", "药品代码", "药品编码",
                    "项目编码", "诊断代码", "手术操作代码", "national_code", "国家医保编码", "耗材编码")),
            Map.entry("name", List.of("name", "名称", "药品名称", "项目名称",
                    "诊断名称", "手术操作名称", "注册名称", "registered_name", "耗材名称")),
            Map.entry("generic", List.of("generic", "通用名", "药品通用名", "医保通用名")),
            Map.entry("alias", List.of("alias", "别名")),
            Map.entry("approval", List.of("approval", "批准文号", "注册备案号", "注册证号")),
            Map.entry("class", List.of("class", "甲乙类", "医保类别", "类别", "level")),
            Map.entry("procurement", List.of("procurement", "集采批次")),
            Map.entry("first-day", List.of("first-day", "from", "开始日期", "生效日期")),
            Map.entry("last-day", List.of("last-day", "to", "结束日期", "失效日期")),
            Map.entry("edition", List.of("edition", "版本")),
            Map.entry("restriction", List.of("restriction", "限定支付范围", "限制使用范围", "医保限制", "限制范围", "医保支付范围")),
            Map.entry("tiers", List.of("tiers", "使用级别", "限用级别", "限制级别", "医院级别限制")),
            Map.entry("form", List.of("form", "剂型", "dosage_form")),
            Map.entry("unit", List.of("unit", "单位", "计价单位")),
            Map.entry("specification", List.of("specification", "规格")),
            Map.entry("maker", List.of("maker", "生产企业", "生产厂家")),
            Map.entry("pre-pay", List.of("pre-pay", "先行自付比例", "自付比例", "个人先行自付比例")),
            Map.entry("limit-price", List.of("limit-price", "最高限价", "支付限价", "限价")),
            Map.entry("standard", List.of("standard", "支付标准", "医保支付标准")),
            Map.entry("national-code", List.of("national-code", "国家编码", "国家项目编码", "国家项目代码")));

    /// The same columns but for those that somebody names otherwise, and where classes come from.
    public Layout with(Map<String, String> others, @Nullable Classes classes) {
        var all = new LinkedHashMap<>(attributes);
        all.putAll(others);
        return new Layout(all, header, classes);
    }

    /// The layout of a national download.
    public static Optional<Layout> national(String transaction) {
        var text = NATIONAL.get(transaction);
        if (text == null) {
            return Optional.empty();
        }
        var attributes = new LinkedHashMap<String, String>();
        var parts = text.split(" ");
        for (var i = 0; i < parts.length; i += 2) {
            attributes.put(parts[i], parts[i + 1]);
        }
        return Optional.of(new Layout(attributes, false));
    }

    /// The kind of items of a national download.
    public static Optional<ItemKind> kind(String transaction) {
        return Optional.ofNullable(KINDS.get(transaction));
    }

    /// The transactions whose downloads are known.
    public static List<String> transactions() {
        return NATIONAL.keySet().stream().sorted().toList();
    }

    /// The layout of a file that names its columns in a usual way; what has no usual name keeps its own.
    public static Layout usual(List<String> columns) {
        var attributes = new LinkedHashMap<String, String>();
        for (var column : columns) {
            var plain = Names.plain(column);
            attributes.put(column, USUAL.entrySet().stream().filter(entry -> entry.getValue().contains(plain))
                    .map(Map.Entry::getKey).filter(word -> !attributes.containsValue(word)).findFirst()
                    .orElse(column));
        }
        return new Layout(attributes, true);
    }
}
