package tongchou.core.ledger;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import tongchou.core.policy.Payer;

/// An account of the book (账户), named by who owes or is owed.
///
/// @param kind what the account stands for
/// @param owner area code for funds, institution code for institutions, member token for persons
public record Account(Kind kind, String owner) {

    /// What an account stands for.
    public enum Kind {
        /// The basic pooled fund of the employee scheme (职工统筹基金).
        POOLED_EMPLOYEE,
        /// The basic pooled fund of the resident scheme (居民统筹基金).
        POOLED_RESIDENT,
        /// The employer-funded supplement (补充保险资金).
        SUPPLEMENT,
        /// Catastrophic insurance (大病保险资金).
        CATASTROPHIC,
        /// The large-expense fund (大额补助资金).
        LARGE_EXPENSE,
        /// The civil-servant supplement (公务员补助资金).
        CIVIL_SERVANT,
        /// Medical assistance money (医疗救助资金).
        ASSISTANCE,
        /// Other funds and commercial cover (其他资金).
        OTHER_FUND,
        /// A member's personal account (个人账户).
        PERSONAL_ACCOUNT,
        /// The accounts of a member's relatives (共济账户).
        FAMILY_ACCOUNT,
        /// Cash that a member pays at the counter (个人现金).
        CASH,
        /// What a member is owed, or owes when negative, because a settlement was corrected (个人应退应补).
        PERSON_DUE,
        /// What an institution bears itself (医院负担).
        INSTITUTION_SHARE,
        /// What the bureau gives or takes when it adjusts an account by hand (手工调账).
        ADJUSTMENT,
        /// What an institution has earned by care (医疗收入).
        INSTITUTION;

        private static final EnumSet<Kind> FUNDS = EnumSet.range(POOLED_EMPLOYEE, OTHER_FUND);

        /// Whether it is the money of a fund (基金), owned by an area.
        public boolean isFund() {
            return FUNDS.contains(this);
        }

        /// The kinds that are funds, in their order.
        public static Set<Kind> funds() {
            return Collections.unmodifiableSet(FUNDS);
        }
    }

    /// The account a payer pays from.
    ///
    /// @param employee whether the basic scheme is the employees'
    public static Kind kindOf(Payer payer, boolean employee) {
        return switch (payer) {
            case POOLED -> employee ? Kind.POOLED_EMPLOYEE : Kind.POOLED_RESIDENT;
            case SUPPLEMENT -> Kind.SUPPLEMENT;
            case CATASTROPHIC -> Kind.CATASTROPHIC;
            case LARGE_EXPENSE -> Kind.LARGE_EXPENSE;
            case CIVIL_SERVANT -> Kind.CIVIL_SERVANT;
            case ASSISTANCE, TILTED_ASSISTANCE -> Kind.ASSISTANCE;
            case OTHER_FUND -> Kind.OTHER_FUND;
            case HOSPITAL -> Kind.INSTITUTION_SHARE;
            case ACCOUNT_CURRENT_YEAR, ACCOUNT -> Kind.PERSONAL_ACCOUNT;
            case FAMILY_ACCOUNT -> Kind.FAMILY_ACCOUNT;
            case CASH -> Kind.CASH;
        };
    }
}
