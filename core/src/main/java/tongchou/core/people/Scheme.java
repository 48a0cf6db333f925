package tongchou.core.people;

/// The basic medical insurance a person is enrolled in (险种类型).
public enum Scheme {

    /// Urban employees' basic medical insurance (职工基本医疗保险), national code 310.
    EMPLOYEE("310"),

    /// Urban and rural residents' basic medical insurance (城乡居民基本医疗保险), national code 390.
    RESIDENT("390");

    private final String code;

    Scheme(String code) {
        this.code = code;
    }

    /// The national `insutype` code.
    public String code() {
        return code;
    }
}
