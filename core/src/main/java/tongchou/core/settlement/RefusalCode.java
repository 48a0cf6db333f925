package tongchou.core.settlement;

/// Why a claim is refused (拒绝原因), in order of precedence: the first that holds is reported.
///
/// A code is never renamed or reused; `docs/reference/refusals.md` lists the same codes in the same order.
public enum RefusalCode {

    /// No loaded pack settles members of this area (参保地无政策包).
    UNKNOWN_AREA,
    /// No benefit of the area is for this kind of person and care (无此待遇).
    NO_BENEFIT,
    /// The day lies outside the days the pack answers for (超出政策包覆盖日期).
    OUTSIDE_COVER,
    /// The institution's data do not hold on the day (机构资料在当日无效).
    INSTITUTION_NOT_IN_FORCE,
    /// The member has no insurance in force on the day (当日无有效参保).
    NOT_INSURED,
    /// The member's waiting period has not ended (待遇等待期内).
    WAITING_PERIOD,
    /// The rules need a fact that was not given (缺少必要信息).
    MISSING_INPUT,
    /// What is given for a line differs from what the catalogue says (与目录不一致).
    CATALOGUE_CONTRADICTED,
    /// The payment standard of a drug is confidential and no private overlay states it (支付标准保密).
    PRICE_CONFIDENTIAL,
    /// The bill holds no line, or an amount or share that its field cannot have (金额不合法).
    AMOUNT_NOT_ALLOWED,
    /// An amount is too large to be computed exactly (金额过大).
    AMOUNT_TOO_LARGE,
    /// A table of the benefit has no row for this case on this day (当日无适用规则).
    NO_RULE_IN_FORCE
}
