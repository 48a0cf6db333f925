package tongchou.api.pack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.PayClass;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.policy.Citation;
import tongchou.core.policy.Document;

/// Reads `catalogue.csv` (目录表): one item version a row, sorted by code and first day.
final class CatalogueReader {

    private static final List<String> COLUMNS = List.of("code", "name", "kind", "unit", "class",
            "prepay_employee_percent", "prepay_resident_percent", "price_primary_yuan", "price_secondary_yuan",
            "price_tertiary_yuan", "from", "to", "doc", "article");

    private final Findings findings;
    private final boolean demonstration;

    CatalogueReader(Findings findings, boolean demonstration) {
        this.findings = findings;
        this.demonstration = demonstration;
    }

    List<CatalogueRow> read(String file, byte[] bytes, String area, Scope scope) {
        var items = new ArrayList<CatalogueRow>();
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notUtf8) {
            findings.error(file, 0, "", "bytes that are not UTF-8", "UTF-8 编码：请另存为 UTF-8（不要用 GBK/ANSI）",
                    "UTF-8: save the file again as UTF-8 (not GBK or ANSI)");
            return items;
        }
        var mapper = CsvMapper.builder().enable(CsvParser.Feature.FAIL_ON_MISSING_COLUMNS).build();
        try (MappingIterator<Map<String, String>> rows = mapper.readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(text.startsWith("\uFEFF") ? text.substring(1) : text)) {
            var last = "";
            while (rows.hasNext()) {
                var line = rows.getCurrentLocation().getLineNr();
                var section = section(file, line, rows.next());
                var item = item(section, area, scope);
                if (item != null) {
                    var key = item.code() + " " + item.inForce().from();
                    if (key.compareTo(last) <= 0) {
                        section.complain("code", "按 code、from 升序且不重复", "rows sorted by code and from, none twice");
                    }
                    last = key;
                    items.add(item);
                }
            }
        } catch (JsonProcessingException broken) {
            findings.error(file, broken.getLocation() == null ? 0 : broken.getLocation().getLineNr(), "",
                    broken.getOriginalMessage(), "列数与表头一致的 CSV", "CSV with as many columns as the header");
        } catch (IOException | RuntimeException broken) {
            findings.error(file, 0, "", String.valueOf(broken.getMessage()), "列数与表头一致的 CSV",
                    "CSV with as many columns as the header");
        }
        return items;
    }

    private Section section(String file, int line, Map<String, String> row) {
        var entries = new LinkedHashMap<String, Tree>();
        row.forEach((column, cell) -> {
            if (!cell.isBlank()) {
                entries.put(column, new Tree.Text(file, line, column, cell));
            }
        });
        if (!row.keySet().equals(Set.copyOf(COLUMNS))) {
            findings.error(file, 1, "", String.join(",", row.keySet()), "表头 " + String.join(",", COLUMNS),
                    "the header " + String.join(",", COLUMNS));
        }
        return Section.of(new Tree.Mapping(file, line, "", entries), findings, COLUMNS.toArray(String[]::new));
    }

    private @Nullable CatalogueRow item(Section row, String area, Scope scope) {
        var document = scope.document(row.text("doc")).orElse(null);
        if (document == null) {
            row.complain("doc", "sources.yaml 中的文件编号", "the id of a document in sources.yaml");
            return null;
        }
        if (document.grade() == Document.Grade.DEMONSTRATION && !demonstration) {
            row.complain("doc", "演示值只能用于 demonstration: true 的政策包",
                    "demonstration values only in a pack marked demonstration: true");
        }
        var kind = row.text("kind");
        if (!List.of("drug", "service", "consumable").contains(kind)) {
            row.complain("kind", "drug、service 或 consumable", "drug, service or consumable");
        }
        var payClass = switch (row.text("class")) {
            case "A" -> PayClass.A;
            case "B" -> PayClass.B;
            case "C" -> PayClass.C;
            default -> {
                row.complain("class", "A、B 或 C", "A, B or C");
                yield PayClass.C;
            }
        };
        return new CatalogueRow(area, row.text("code"), row.text("name"), kind, row.text("unit", ""), payClass,
                share(row, "prepay_employee_percent"), share(row, "prepay_resident_percent"),
                price(row, "price_primary_yuan"), price(row, "price_secondary_yuan"), price(row, "price_tertiary_yuan"),
                row.inForce(row.day("from"), row.day("to", LocalDate.MAX)),
                new Citation(document, row.text("article", ""), scope.name(), ""));
    }

    private static @Nullable Ratio share(Section row, String column) {
        if (!row.has(column)) {
            return null;
        }
        try {
            return Ratio.of(row.text(column) + "%");
        } catch (NumberFormatException | ArithmeticException wrong) {
            row.complain(column, "百分数，不带 %", "a percentage without the sign");
            return null;
        }
    }

    private static @Nullable Fen price(Section row, String column) {
        return row.has(column) ? row.yuan(column) : null;
    }
}
