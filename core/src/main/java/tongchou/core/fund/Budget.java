package tongchou.core.fund;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import tongchou.core.ledger.Account;

/// What funds of an area are to pay at most in a calendar year for care at one institution or in one alliance (总额预算).
///
/// Nobody is refused over it: care is settled by the rules of the benefit, and a budget that is overspent says so. What
/// was allotted to it, and what the funds paid, make up its [BudgetPosition].
///
/// @param code its name in the book, given by the bureau
/// @param holder to whom the money is allotted
/// @param area division of the bureau whose funds pay, six digits; one that ends in `00` holds all that begin like it
/// @param year the calendar year, by the day that binds a settlement
/// @param funds the kinds of funds it covers, at least one
public record Budget(String code, Holder holder, String area, int year, Set<Account.Kind> funds) {

    /// Keeps the funds in one order.
    ///
    /// @throws IllegalArgumentException when there are none, or an account is among them that is no fund
    public Budget {
        if (funds.isEmpty() || !funds.stream().allMatch(Account.Kind::isFund)) {
            throw new IllegalArgumentException("a budget covers funds, not " + funds);
        }
        funds = java.util.Collections.unmodifiableSet(EnumSet.copyOf(funds));
    }

    /// Who holds a budget (预算单位).
    public sealed interface Holder {

        /// The code of the alliance or institution.
        String code();

        /// An alliance, with whoever belongs to it on the day of the settlement (医联体).
        record OfAlliance(String code) implements Holder {
        }

        /// One institution (医疗机构).
        record OfInstitution(String code) implements Holder {
        }
    }

    /// The first day of its year.
    public LocalDate firstDay() {
        return LocalDate.of(year, 1, 1);
    }

    /// The last day of its year.
    public LocalDate lastDay() {
        return LocalDate.of(year, 12, 31);
    }

    /// The digits that the owners of its funds begin with; none for every fund.
    public String beginning() {
        var digits = area;
        while (digits.endsWith("00")) {
            digits = digits.substring(0, digits.length() - 2);
        }
        return digits;
    }

    /// Whether what an account gives on a day is paid out of it, wherever care was given.
    public boolean covers(Account account, LocalDate day) {
        return day.getYear() == year && funds.contains(account.kind()) && account.owner().startsWith(beginning());
    }

    /// The funds that both cover for one holder in one year, so that money would count twice; none for others.
    public Set<Account.Kind> shared(Budget other) {
        var shared = new TreeSet<>(funds);
        shared.retainAll(other.funds);
        return holder.equals(other.holder) && year == other.year && (beginning().startsWith(other.beginning())
                || other.beginning().startsWith(beginning())) ? shared : Set.of();
    }
}
