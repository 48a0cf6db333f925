package tongchou.storage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a verification asks the store (核验语句); each gives the names of what breaks it. The first word is the invariant.
final class Statements {

    static final String LAST_BOOKING = "select coalesce(max(id), 0) from "
            + "(select max(id) as id from settlements union all select max(id) from reversals "
            + "union all select max(id) from corrections union all select max(id) from adjustments) all_of_them";

    static final String PAPERS = """
            select s.public_id, i.code, s.key, m.token, s.booked_at, p.reply, p.content_hash, p.content
            from settlements s join institutions i on i.id = s.institution join members m on m.id = s.member
                join papers p on p.settlement = s.id
            where s.id > ? and s.id <= ?""";

    static final String SETTLED = """
            select p.content_hash, p.reply, s.total_fen || ' ' || s.fund_fen || ' ' || s.account_fen || ' '
                || s.cash_fen || ' ' || s.hospital_fen, s.id, s.member
            from settlements s join papers p on p.settlement = s.id where s.public_id = ?""";

    static final String REVERSED = """
            select p.content_hash, p.reply, s.public_id, r.id, s.member
            from reversals r join reversal_papers p on p.reversal = r.id join settlements s on s.id = r.settlement
            where r.public_id = ?""";

    /// Of the bookings after one number, up to another.
    static final Map<String, String> BOOKINGS = new LinkedHashMap<>();

    /// Of the whole book, once: sums and keys.
    static final Map<String, String> ONCE = new LinkedHashMap<>();

    /// Of the whole book, once: periods.
    static final Map<String, String> DATES = new LinkedHashMap<>();

    private static final String IN_RANGE = " s.id > ? and s.id <= ? ";

    static {
        BOOKINGS.put("I1 its entries do not sum to zero", """
                select 'booking ' || booking from journal where booking > ? and booking <= ?
                group by booking having sum(amount_fen) <> 0""");
        part("charge_lines", "items", "item", "x.pay_class not in ('A', 'B', 'C') or x.in_scope_fen is null "
                + "or x.in_scope_fen < 0 or x.full_self_pay_fen < 0 or x.over_limit_fen < 0 or x.pre_pay_fen < 0");
        part("postings", "layers", "layer", "x.payer = '' or x.amount_fen is null");
        part("entries", "accounts", "account", "x.amount_fen is null or x.amount_fen = 0");
        part("counter_movements", "counters", "counter", "x.before is null or x.after is null");
        BOOKINGS.put("I2 papers have no settlement", "select 'booking ' || p.settlement from papers p where "
                + "p.settlement > ? and p.settlement <= ? and not exists "
                + "(select 1 from settlements s where s.id = p.settlement)");
        BOOKINGS.put("I2 its papers are missing", "select s.public_id from settlements s where" + IN_RANGE
                + "and not exists (select 1 from papers p where p.settlement = s.id)");
        BOOKINGS.put("I2 its entries are not those of its amounts", "select public_id from (select s.*, "
                + entries("= 'INSTITUTION'") + " received, " + entries("= 'CASH'") + " cash, "
                + entries("in ('PERSONAL_ACCOUNT', 'FAMILY_ACCOUNT')") + " account, "
                + entries("= 'INSTITUTION_SHARE'") + " hospital from settlements s where" + IN_RANGE + ") s "
                + "where received <> total_fen or cash <> -cash_fen or account <> -account_fen "
                + "or hospital <> -hospital_fen");
        BOOKINGS.put("I3 its lines do not add up to its head", """
                select s.public_id from settlements s where s.id > ? and s.id <= ? and
                (s.total_fen, s.full_self_pay_fen, s.over_limit_fen, s.pre_pay_fen, s.in_scope_fen) <> (
                    select coalesce(sum(amount_fen), 0), coalesce(sum(full_self_pay_fen), 0),
                        coalesce(sum(over_limit_fen), 0), coalesce(sum(pre_pay_fen), 0), coalesce(sum(in_scope_fen), 0)
                    from charge_lines l where l.settlement = s.id)""");
        BOOKINGS.put("I3 its payers do not add up to its head", """
                select s.public_id from settlements s where s.id > ? and s.id <= ? and
                (s.account_fen, s.cash_fen, s.hospital_fen, s.total_fen) <> (
                    select coalesce(sum(case when payer in ('ACCOUNT_CURRENT_YEAR', 'ACCOUNT', 'FAMILY_ACCOUNT')
                            then amount_fen end), 0),
                        coalesce(sum(case when payer = 'CASH' then amount_fen end), 0),
                        coalesce(sum(case when payer = 'HOSPITAL' then amount_fen end), 0),
                        coalesce(sum(amount_fen), 0)
                    from postings p where p.settlement = s.id)""");
        BOOKINGS.put("I3 its fund kinds do not add up to what the funds pay", """
                select s.public_id from settlements s where s.id > ? and s.id <= ? and s.fund_fen <> (
                    select coalesce(sum(amount_fen), 0) from postings p where p.settlement = s.id and payer not in
                        ('ACCOUNT_CURRENT_YEAR', 'ACCOUNT', 'FAMILY_ACCOUNT', 'CASH', 'HOSPITAL'))""");
        BOOKINGS.put("I3 an amount is below zero, or the fund pays more than the bill", """
                select s.public_id from settlements s where s.id > ? and s.id <= ? and (total_fen < fund_fen
                    or fund_fen < 0 or account_fen < 0 or cash_fen < 0 or hospital_fen < 0 or full_self_pay_fen < 0
                    or over_limit_fen < 0 or pre_pay_fen < 0 or in_scope_fen < 0 or deductible_fen < 0
                    or deductible_fen > total_fen
                    or exists (select 1 from postings p where p.settlement = s.id and p.amount_fen < 0))""");
        BOOKINGS.put("accounts are not debited with what it used", """
                select s.public_id from settlements s where s.id > ? and s.id <= ? and s.account_fen <> (
                    select -coalesce(sum(current_year_fen + earlier_years_fen), 0)
                    from account_movements a where a.settlement = s.id)""");
        BOOKINGS.put("I7 the amounts do not cancel", """
                select r.public_id from reversals r where r.id > ? and r.id <= ? and not exists (
                    select 1 from settlements s where s.id = r.settlement and s.id < r.id
                        and s.total_fen = -r.total_fen and s.full_self_pay_fen = -r.full_self_pay_fen
                        and s.over_limit_fen = -r.over_limit_fen and s.pre_pay_fen = -r.pre_pay_fen
                        and s.in_scope_fen = -r.in_scope_fen and s.deductible_fen = -r.deductible_fen
                        and s.fund_fen = -r.fund_fen and s.account_fen = -r.account_fen
                        and s.cash_fen = -r.cash_fen and s.hospital_fen = -r.hospital_fen)""");
        cancel("postings", "number, payer, layer, amount_fen",
                "reversal_postings", "number, payer, layer, -amount_fen");
        cancel("entries", "number, account, amount_fen", "reversal_entries", "number, account, -amount_fen");
        cancel("counter_movements", "counter, after - before", "reversal_movements", "counter, before - after");
        cancel("account_movements", "member, current_year_fen, earlier_years_fen",
                "account_movements", "member, -current_year_fen, -earlier_years_fen");
        BOOKINGS.putAll(CorrectionStatements.BOOKINGS);

        ONCE.put("I1 the whole ledger does not sum to zero",
                "select sum(amount_fen) from journal having coalesce(sum(amount_fen), 0) <> 0");
        ONCE.put("I5 a key has more than one settlement",
                "select min(public_id) from settlements group by institution, key having count(*) > 1");
        ONCE.put("I5 an id names more than one settlement",
                "select public_id from settlements group by public_id having count(*) > 1");
        ONCE.put("I7 a settlement is reversed more than once",
                "select min(public_id) from reversals group by settlement having count(*) > 1");
        ONCE.put("I5 a key has more than one reversal",
                "select min(public_id) from reversals group by sender, key having count(*) > 1");
        ONCE.put("I6 a reversal has no papers", "select public_id from reversals r where not exists "
                + "(select 1 from reversal_papers p where p.reversal = r.id)");
        ONCE.put("I2 entries of a reversal that is not there",
                "select reversal from reversal_entries p where not exists "
                + "(select 1 from reversals r where r.id = p.reversal)");

        ONCE.put("I2 rows of an adjustment that is not there", """
                select adjustment from adjustment_entries p where not exists (
                    select 1 from adjustments j where j.id = p.adjustment)
                union select adjustment from adjustment_movements p where not exists (
                    select 1 from adjustments j where j.id = p.adjustment)""");
        ONCE.put("accounts are not moved by what was adjusted", """
                select j.public_id from adjustments j where j.account_fen <> (
                    select coalesce(sum(current_year_fen + earlier_years_fen), 0)
                    from account_movements a where a.adjustment = j.id)""");

        overlap("institution_versions", "institution");
        overlap("standings", "member");
    }

    private Statements() {
    }

    /// The number of the last booking, 0 before the first.
    static long lastBooking(Session session) {
        return session.number(LAST_BOOKING);
    }

    /// @param word the column that names a row of another table
    /// @param wrong what is wrong of a row `x`
    private static void part(String part, String words, String word, String wrong) {
        var required = part.equals("postings") ? "x." + word + " is not null and w.id is null" : "w.id is null";
        BOOKINGS.put("I2 its " + part + " lack something or name what is not there", "select s.public_id from "
                + "settlements s where" + IN_RANGE + "and exists (select 1 from " + part + " x left join " + words
                + " w on w.id = x." + word + " where x.settlement = s.id and (" + required + " or " + wrong + "))");
    }

    private static String entries(String kind) {
        return "(select coalesce(sum(e.amount_fen), 0) from entries e join accounts a on a.id = e.account "
                + "where e.settlement = s.id and a.kind " + kind + ")";
    }

    private static void cancel(String table, String columns, String reversalTable, String negative) {
        var given = "select " + columns + " from " + table + " where settlement = r.settlement";
        var taken = "select " + negative + " from " + reversalTable + " where reversal = r.id";
        BOOKINGS.put("I7 " + table + " do not cancel",
                "select r.public_id from reversals r where r.id > ? and r.id <= ? "
                + "and (exists (" + given + " except " + taken + ") or exists (" + taken + " except " + given + "))");
    }

    private static void overlap(String table, String owner) {
        DATES.put("dates of " + table + " overlap", "select " + owner + " from (select " + owner + ", first_day, "
                + "lag(coalesce(cast(last_day as text), '9999-12-31'), 1, '') over (partition by " + owner
                + " order by first_day) before from " + table + ") p where cast(first_day as text) <= before");
    }
}
