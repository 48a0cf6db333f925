package tongchou.core.encounter;

/// The kind of care an encounter is settled as (医疗类别, `med_type`).
public enum Care {

    /// Ordinary outpatient care (普通门诊), 11.
    OUTPATIENT("11"),
    /// Emergency care (急诊), 13.
    EMERGENCY("13"),
    /// Outpatient care for a registered chronic or special disease (门诊慢特病), 14.
    CHRONIC("14"),
    /// Outpatient drugs for hypertension and diabetes (门诊两病), 9901.
    TWO_DISEASES("9901"),
    /// Inpatient care (普通住院), 2101.
    INPATIENT("2101"),
    /// Day surgery (日间手术), 28.
    DAY_SURGERY("28"),
    /// A sick-bed at home (家庭病床), 71.
    HOME_BED("71"),
    /// Purchase at a designated pharmacy (定点药店购药), 41.
    PHARMACY("41"),
    /// Separately paid negotiated drugs (特药, 双通道), 18.
    SPECIAL_DRUG("18");

    private final String code;

    Care(String code) {
        this.code = code;
    }

    /// The national code.
    public String code() {
        return code;
    }
}
