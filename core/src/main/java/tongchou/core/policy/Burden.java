package tongchou.core.policy;

/// A part of the bill that nobody has paid yet (待支付部分), named by why it is open.
///
/// The burdens always add up to what is left of the bill. A layer names the burdens it works on.
public enum Burden {

    /// Outside the catalogue (全自费, `fulamt_ownpay_amt`).
    FULL_SELF_PAY,
    /// Above a limit price (超限价, `overlmt_selfpay`).
    OVER_LIMIT,
    /// Borne first by the patient (先行自付, `preselfpay_amt`).
    PRE_PAY,
    /// Within the policy's scope and not yet worked on (政策范围内, `inscp_scp_amt`).
    IN_SCOPE,
    /// Within the scope at a flat share of its own (目录直接报销).
    DIRECT,
    /// Consumed by a deductible (起付线以下).
    DEDUCTIBLE,
    /// The patient's share between deductible and ceiling (共付).
    CO_PAY,
    /// Above a ceiling (超封顶线).
    OVER_CEILING,
    /// Within the scope, but a gate keeps the funds from paying it, such as a missing referral (不予支付).
    EXCLUDED;

    /// The burden in the words of the pack format, for example `co-pay`.
    public String word() {
        return Axis.word(this);
    }
}
