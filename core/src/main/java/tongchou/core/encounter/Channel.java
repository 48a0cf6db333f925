package tongchou.core.encounter;

/// How a patient and an institution met (就诊渠道).
public enum Channel {

    /// In person (到院就诊).
    COUNTER,

    /// Over the internet (互联网复诊), of the institution itself or of an internet hospital that it runs.
    INTERNET
}
