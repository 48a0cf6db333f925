package tongchou.core.policy;

/// Who pays a part of the bill (支付方), with the amount of the national interface it is reported in.
public enum Payer {

    /// The pooled fund of the basic scheme (统筹基金).
    POOLED("hifp_pay", true),
    /// The employer-funded supplement, also for retirees (企业补充, 退休补充).
    SUPPLEMENT("hifes_pay", true),
    /// Catastrophic insurance (大病保险).
    CATASTROPHIC("hifmi_pay", true),
    /// The large-expense fund (大额医疗费用补助).
    LARGE_EXPENSE("hifob_pay", true),
    /// The civil-servant supplement (公务员医疗补助).
    CIVIL_SERVANT("cvlserv_pay", true),
    /// Medical assistance (医疗救助).
    ASSISTANCE("maf_pay", true),
    /// The second, tilted assistance (倾斜救助); reported together with assistance.
    TILTED_ASSISTANCE("maf_pay", true),
    /// Commercial top-up cover and other funds (惠民保, 其他基金).
    OTHER_FUND("oth_pay", true),
    /// The institution itself, above a fixed price (医院负担).
    HOSPITAL("hosp_part_amt", false),
    /// The member's own account, current year's money only (当年个人账户).
    ACCOUNT_CURRENT_YEAR("acct_pay", false),
    /// The member's own account (个人账户).
    ACCOUNT("acct_pay", false),
    /// The accounts of relatives (共济账户), contained in the account payment.
    FAMILY_ACCOUNT("acct_mulaid_pay", false),
    /// The patient in cash (个人现金).
    CASH("psn_cash_pay", false);

    private final String field;
    private final boolean fund;
    private final String word;

    Payer(String field, boolean fund) {
        this.word = Axis.word(this);
        this.field = field;
        this.fund = fund;
    }

    /// The national amount field in which the payment is reported.
    public String field() {
        return field;
    }

    /// Whether the money comes from a fund and counts in `fund_pay_sumamt`.
    public boolean isFund() {
        return fund;
    }

    /// Whether the money comes out of a personal account.
    public boolean isAccount() {
        return this == ACCOUNT_CURRENT_YEAR || this == ACCOUNT || this == FAMILY_ACCOUNT;
    }

    /// The payer in the words of the pack format, for example `large-expense`.
    public String word() {
        return word;
    }
}
