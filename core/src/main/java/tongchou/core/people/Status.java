package tongchou.core.people;

/// What kind of insured person somebody is inside a scheme (人员类别, national `psn_type`).
public enum Status {

    /// An employee at work (在职), code 11.
    ACTIVE("11", Scheme.EMPLOYEE),

    /// A retired employee (退休), code 12.
    RETIRED("12", Scheme.EMPLOYEE),

    /// A child below school age (学龄前儿童), code 1402.
    CHILD("1402", Scheme.RESIDENT),

    /// A primary or secondary school pupil (中小学生), code 1403.
    PUPIL("1403", Scheme.RESIDENT),

    /// A university student (大学生), code 1404.
    STUDENT("1404", Scheme.RESIDENT),

    /// A resident of working age (居民成年), code 15.
    ADULT("15", Scheme.RESIDENT),

    /// An elderly resident (居民老年), code 16.
    ELDERLY("16", Scheme.RESIDENT);

    private final String code;
    private final Scheme scheme;

    Status(String code, Scheme scheme) {
        this.code = code;
        this.scheme = scheme;
    }

    /// The national `psn_type` code.
    public String code() {
        return code;
    }

    /// The scheme in which this kind of person is insured.
    public Scheme scheme() {
        return scheme;
    }
}
