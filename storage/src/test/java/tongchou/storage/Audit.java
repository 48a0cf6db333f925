package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads a store without the book and checks what must hold in it.
record Audit(Connection connection) {

    /// Every row of every table as text.
    Map<String, List<String>> dump() throws SQLException {
        Map<String, List<String>> dump = new TreeMap<>();
        try (var tables = connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE"})) {
            while (tables.next()) {
                var table = tables.getString("TABLE_NAME");
                if (!table.startsWith("flyway")) {
                    dump.put(table, rows("select * from " + table).stream().sorted().toList());
                }
            }
        }
        assertTrue(dump.size() > 15, () -> "tables " + dump.keySet());
        return dump;
    }

    /// Every statement that does not hold, with the rows that break it.
    List<String> findings() throws SQLException {
        var findings = new ArrayList<String>();
        for (var check : Map.of("the whole journal sums to zero",
                "select sum(amount_fen) from journal having coalesce(sum(amount_fen), 0) <> 0",
                "every journal sums to zero",
                "select booking from journal group by booking having sum(amount_fen) <> 0",
                "the head is the sum of the lines",
                "select s.id from settlements s where s.total_fen <> "
                        + "(select sum(l.amount_fen) from charge_lines l where l.settlement = s.id)",
                "the head is the sum of the postings",
                "select s.id from settlements s where s.total_fen <> "
                        + "(select sum(p.amount_fen) from postings p where p.settlement = s.id)",
                "a counter is what its movements leave",
                "select c.id from counters c where c.sum <> "
                        + "(select coalesce(sum(m.after - m.before), 0) from movements m "
                        + "where m.counter = c.id)",
                "a movement begins where the one before ended",
                "select counter from (select counter, before, lag(after, 1, 0) over "
                        + "(partition by counter order by booking) expected from movements) chain "
                        + "where before <> expected",
                "an account is what its movements leave",
                "select m.id from members m where (m.current_year_fen, m.earlier_years_fen) <> "
                        + "(select coalesce(sum(current_year_fen), 0), coalesce(sum(earlier_years_fen), 0) "
                        + "from account_movements where member = m.id)",
                "no account is below zero",
                "select id from members where current_year_fen < 0 or earlier_years_fen < 0",
                "every part has its head",
                "select booking from journal where booking not in (select id from settlements union select id "
                        + "from reversals union select id from corrections union select id from adjustments)")
                .entrySet()) {
            var broken = rows(check.getValue());
            if (!broken.isEmpty()) {
                findings.add(check.getKey() + ": " + broken);
            }
        }
        return findings;
    }

    long number(String sql) throws SQLException {
        return Long.parseLong(rows(sql).getFirst().replaceAll("[\\[\\]]", ""));
    }

    private List<String> rows(String sql) throws SQLException {
        try (var statement = connection.createStatement(); var found = statement.executeQuery(sql)) {
            var rows = new ArrayList<String>();
            while (found.next()) {
                var row = new ArrayList<String>();
                for (var i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    var value = found.getObject(i);
                    row.add(value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value));
                }
                rows.add(row.toString());
            }
            return rows;
        }
    }
}
