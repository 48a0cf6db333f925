package tongchou.server.catalogue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tongchou.core.catalogue.ItemKind;
import tongchou.storage.Catalogue.Entry;

/// What bills are settled by beside the item itself (结算要素): shares, prices and payment standards, as the cells of a
/// list say them.
///
/// @param shares percentages borne first, by scheme: `employee`, `resident`
/// @param prices yuan by basis and tier, for example `limit every-tier`
/// @param standards payment standards: specification, empty where there is none, to yuan; `*` for a confidential one
record SettlingCells(Map<String, String> shares, Map<String, String> prices, Map<String, String> standards) {

    /// The attributes that are read here and written nowhere else.
    static final List<String> SHARES = List.of("pre-pay", "pre-pay-employee", "pre-pay-resident");
    static final List<String> TIERS = List.of("every-tier", "primary", "secondary", "tertiary");
    static final String STANDARD = "standard";

    private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,4})?)\\s*[%％]?");
    private static final Pattern YUAN = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,2})?)0{0,4}\\s*元?");
    private static final Pattern ONE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,2})?)\\s*元\\s*[（(](.+)[）)]");
    private static final Pattern NEXT = Pattern.compile("[;；\\n](?=\\s*\\d[\\d.]*\\s*元)");

    /// What is wrong with a cell.
    interface Complaints {
        /// Tells of it.
        void tell(String attribute, String value, String reason, String reasonEn);
    }

    /// Reads what an item says; what cannot be settled by is told.
    static SettlingCells of(Entry entry, Complaints complaints) {
        if (entry.kind() == ItemKind.DRUG && entry.payClass() == null) {
            complaints.tell("class", "", "药品须有甲、乙、丙类，才能据以结算", "a drug needs its class to be settled by");
        }
        if (entry.code().contains(";")) {
            complaints.tell("code", entry.code(), "编码不含分号", "a code without semicolons");
        }
        var shares = new LinkedHashMap<String, String>();
        for (var word : SHARES) {
            var cell = entry.attribute(word);
            if (!cell.isEmpty()) {
                var share = share(cell);
                if (share.isEmpty()) {
                    complaints.tell(word, cell, "百分数，如 10% 或 10；不大于 1 的须带 %",
                            "a percentage such as 10% or 10; with the sign up to 1");
                }
                for (var scheme : word.equals("pre-pay") ? List.of("employee", "resident")
                        : List.of(word.substring("pre-pay-".length()))) {
                    shares.put(scheme, share.orElse("0"));
                }
            }
        }
        var prices = new LinkedHashMap<String, String>();
        for (var basis : List.of("charge", "limit")) {
            for (var tier : TIERS) {
                var word = (basis.equals("charge") ? "price" : "limit-price") + (tier.equals("every-tier") ? ""
                        : "-" + tier);
                var cell = entry.attribute(word);
                var yuan = YUAN.matcher(cell.replace(",", ""));
                if (!cell.isEmpty() && !yuan.matches()) {
                    complaints.tell(word, cell, "以元计的金额，至多两位小数", "an amount in yuan with at most two decimals");
                } else if (!cell.isEmpty()) {
                    prices.put(basis + " " + tier, yuan.group(1));
                }
            }
        }
        return new SettlingCells(shares, prices, standards(entry, complaints));
    }

    private static Optional<String> share(String cell) {
        var share = SHARE.matcher(cell);
        if (!share.matches()) {
            return Optional.empty();
        }
        var percent = new BigDecimal(share.group(1));
        var plain = !cell.endsWith("%") && !cell.endsWith("％");
        return percent.compareTo(new BigDecimal(100)) > 0 || plain && percent.signum() > 0
                && percent.compareTo(BigDecimal.ONE) <= 0 ? Optional.empty() : Optional.of(percent.toPlainString());
    }

    /// A sum; several with their specification; or `*`.
    private static Map<String, String> standards(Entry entry, Complaints complaints) {
        var cell = entry.attribute(STANDARD).strip();
        var standards = new LinkedHashMap<String, String>();
        var whole = YUAN.matcher(cell);
        if (cell.equals("*") || whole.matches()) {
            standards.put("", cell.equals("*") ? cell : whole.group(1));
        } else if (!cell.isEmpty()) {
            for (var part : NEXT.split(cell)) {
                var one = ONE.matcher(part.strip());
                if (!one.matches() || standards.put(one.group(2).strip(), one.group(1)) != null) {
                    complaints.tell(STANDARD, cell, "支付标准：金额；或 金额元(规格)，多个以分号分开；或 *",
                            "a payment standard: yuan, or yuan元(specification) parted by semicolons, or *");
                    return standards;
                }
            }
        }
        return standards;
    }

    /// The attributes that every item of a list may have and no table of a pack takes as they are.
    static List<String> words() {
        var words = new ArrayList<>(SHARES);
        for (var tier : TIERS) {
            var end = tier.equals("every-tier") ? "" : "-" + tier;
            words.addAll(List.of("price" + end, "limit-price" + end));
        }
        words.addAll(List.of(STANDARD, "restriction", Entry.TIERS));
        return words;
    }
}
