package tongchou.api.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import tongchou.core.policy.Citation;
import tongchou.core.policy.Division;
import tongchou.core.policy.Divisions;

/// Reads `divisions.csv` (区划沿革表): division codes that were given out or withdrawn, sorted by code.
final class DivisionReader {

    /// The name of the table, at the top of a pack.
    static final String FILE = "divisions.csv";

    private static final List<String> COLUMNS = List.of("code", "name", "from", "to", "becomes", "doc", "article");
    private static final String CODE = "[0-9]{6}";

    private final Findings findings;

    DivisionReader(Findings findings) {
        this.findings = findings;
    }

    Divisions read(byte[] bytes, Scope scope) {
        var changed = new ArrayList<Division>();
        var last = "";
        for (var row : new CsvTable(findings).read(FILE, bytes, COLUMNS, List.of())) {
            var code = row.text("code");
            if (!code.matches(CODE) || code.compareTo(last) <= 0) {
                row.complain("code", "六位区划代码，升序且不重复", "six-digit codes, rising, none twice");
            }
            last = code;
            var becomes = CsvTable.parts(row, "becomes");
            if (!becomes.stream().allMatch(one -> one.matches(CODE) && !one.equals(code))
                    || row.has("to") == becomes.isEmpty()) {
                row.complain("becomes", "停用的代码写明停用后的代码（多个用 ; 隔开），仍在使用的不填",
                        "the codes after a withdrawn one, separated by ;, and nothing for one that stands");
            }
            var inForce = row.inForce(row.day("from", LocalDate.MIN), row.day("to", LocalDate.MAX));
            scope.document(row.text("doc")).ifPresentOrElse(document -> changed.add(new Division(code,
                    row.text("name"), inForce, becomes, new Citation(document, row.text("article", ""), scope.name(),
                    ""))), () -> row.complain("doc", "sources.yaml 中的文件编号", "the id of a document in sources.yaml"));
        }
        return new Divisions(changed);
    }
}
