package tongchou.core.ledger;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tongchou.core.money.Fen;
import tongchou.core.people.Scheme;
import tongchou.core.policy.Payer;
import tongchou.core.settlement.Settlement;

/// A set of entries that belong together and sum to zero (凭证).
///
/// @param entries what every account gives or receives, none of them zero
public record Journal(List<Entry> entries) {

    /// Copies the entries.
    ///
    /// @throws IllegalArgumentException when the entries do not sum to zero
    public Journal {
        entries = List.copyOf(entries);
        var sum = entries.stream().mapToLong(entry -> entry.amount().value()).reduce(0, Math::addExact);
        if (sum != 0) {
            throw new IllegalArgumentException("the entries sum to " + Fen.of(sum) + ", not to zero: " + entries);
        }
    }

    /// The journal of a settlement: every payer gives its part, the institution receives the bill.
    public static Journal of(Settlement settlement) {
        var claim = settlement.claim();
        var employee = claim.standing().scheme() == Scheme.EMPLOYEE;
        Map<Account, Fen> sums = new LinkedHashMap<>();
        for (var posting : settlement.postings()) {
            var account = new Account(Account.kindOf(posting.payer(), employee), owner(posting.payer(), settlement));
            sums.merge(account, posting.amount().negated(), Fen::plus);
        }
        sums.merge(new Account(Account.Kind.INSTITUTION, claim.institution().code()),
                settlement.amounts().total(), Fen::plus);
        return new Journal(sums.entrySet().stream().filter(entry -> !entry.getValue().isZero())
                .map(entry -> new Entry(entry.getKey(), entry.getValue())).toList());
    }

    /// The journal that leads from what is booked for a settlement to what it comes to now (更正凭证).
    ///
    /// Cash that was paid stays paid: what would be more or less of it is owed by the member or to the member.
    ///
    /// @param booked the entries of the settlement and of its corrections so far
    /// @throws IllegalArgumentException when the entries do not sum to zero
    public static Journal difference(List<Entry> booked, Settlement now) {
        Map<Account, Fen> sums = new LinkedHashMap<>();
        of(now).entries().forEach(entry -> sums.merge(due(entry.account()), entry.amount(), Fen::plus));
        booked.forEach(entry -> sums.merge(due(entry.account()), entry.amount().negated(), Fen::plus));
        return new Journal(sums.entrySet().stream().filter(entry -> !entry.getValue().isZero())
                .map(entry -> new Entry(entry.getKey(), entry.getValue())).toList());
    }

    private static Account due(Account account) {
        return account.kind() == Account.Kind.CASH ? new Account(Account.Kind.PERSON_DUE, account.owner()) : account;
    }

    private static String owner(Payer payer, Settlement settlement) {
        var claim = settlement.claim();
        if (payer.isFund()) {
            return claim.standing().area();
        }
        return payer == Payer.HOSPITAL ? claim.institution().code() : claim.member().token();
    }
}
