package tongchou.storage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a verification asks the store about corrections (更正核验语句), of the bookings after one number, up to another.
final class CorrectionStatements {

    static final Map<String, String> BOOKINGS = new LinkedHashMap<>();

    private static final String IN_RANGE = " where k.id > ? and k.id <= ? and ";

    static {
        for (var part : List.of("papers", "postings", "entries", "movements")) {
            BOOKINGS.put("I2 rows of correction_" + part + " have no correction",
                    "select 'booking ' || p.correction from correction_" + part + " p where p.correction > ? "
                    + "and p.correction <= ? and not exists (select 1 from corrections k where k.id = p.correction)");
        }
        BOOKINGS.put("I3 its postings do not add up to the correction", "select k.public_id from corrections k"
                + IN_RANGE + """
                (k.account_fen, k.cash_fen, k.hospital_fen, 0) <> (
                    select coalesce(sum(case when payer in ('ACCOUNT_CURRENT_YEAR', 'ACCOUNT', 'FAMILY_ACCOUNT')
                            then amount_fen end), 0),
                        coalesce(sum(case when payer = 'CASH' then amount_fen end), 0),
                        coalesce(sum(case when payer = 'HOSPITAL' then amount_fen end), 0),
                        coalesce(sum(amount_fen), 0)
                    from correction_postings p where p.correction = k.id)""");
        BOOKINGS.put("I3 with its corrections a payer pays less than nothing", """
                select s.public_id from settlements s where s.id > ? and s.id <= ? and exists (
                    select p.payer from (select payer, amount_fen from postings where settlement = s.id
                        union all select x.payer, x.amount_fen from corrections k
                            join correction_postings x on x.correction = k.id where k.settlement = s.id) p
                    group by p.payer having sum(p.amount_fen) < 0)""");
        BOOKINGS.put("I2 its entries are not those of the correction", "select k.public_id from corrections k"
                + IN_RANGE + """
                -k.cash_fen <> (select coalesce(sum(e.amount_fen), 0)
                    from correction_entries e join accounts a on a.id = e.account
                    where e.correction = k.id and a.kind = 'PERSON_DUE')""");
        BOOKINGS.put("accounts are not credited with what it gives back", "select k.public_id from corrections k"
                + IN_RANGE + """
                k.account_fen <> (select -coalesce(sum(current_year_fen + earlier_years_fen), 0)
                    from account_movements a where a.correction = k.id)""");
        BOOKINGS.put("I7 a correction of a reversed settlement stands", "select k.public_id from corrections k"
                + IN_RANGE + """
                k.takes_back is null and exists (select 1 from reversals r where r.settlement = k.settlement)
                    and not exists (select 1 from corrections b where b.takes_back = k.id)""");
        cancel("postings", "payer, layer, amount_fen", "payer, layer, -amount_fen");
        cancel("entries", "account, amount_fen", "account, -amount_fen");
        cancel("movements", "counter, after - before", "counter, before - after");
    }

    private CorrectionStatements() {
    }

    private static void cancel(String part, String columns, String negative) {
        var given = "select " + columns + " from correction_" + part + " where correction = k.takes_back";
        var taken = "select " + negative + " from correction_" + part + " where correction = k.id";
        BOOKINGS.put("I7 " + part + " of a correction do not cancel", "select k.public_id from corrections k"
                + IN_RANGE + "k.takes_back is not null and (exists (" + given + " except " + taken + ") or exists ("
                + taken + " except " + given + "))");
    }
}
