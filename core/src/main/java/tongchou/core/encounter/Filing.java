package tongchou.core.encounter;

/// On what footing a patient is treated out of area (异地就医备案).
public enum Filing {

    /// No registration (未备案).
    NONE,

    /// Registered after a referral (转诊转院备案).
    REFERRED,

    /// Emergency or rescue, taken as registered (急诊抢救).
    EMERGENCY,

    /// Registered as living elsewhere for long (异地安置, 长期居住).
    LONG_STAY,

    /// Registered for a temporary visit without a referral (临时外出就医备案).
    TEMPORARY
}
