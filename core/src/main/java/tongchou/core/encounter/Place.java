package tongchou.core.encounter;

/// Where care is given, seen from the pooling area that insures the patient (就医地).
public enum Place {

    /// Inside the pooling area (统筹区内).
    LOCAL,

    /// Elsewhere in the province (省内异地).
    PROVINCE,

    /// In another province (跨省异地).
    OUTSIDE
}
