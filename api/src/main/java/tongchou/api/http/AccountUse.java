package tongchou.api.http;

/// Which personal account money a settlement may use (个人账户使用标志, `acct_used_flag`).
public enum AccountUse {
    /// None (不使用), 0.
    NONE,
    /// The member's own (使用本人个账), 1.
    OWN,
    /// The member's own, then the family's (使用共济人个账), 2.
    FAMILY
}
