package tongchou.core.catalogue;

/// The payment class of an item (收费项目等级, `chrgitm_lv`).
public enum PayClass {

    /// Class A: the whole amount enters the scope (甲类).
    A("01"),

    /// Class B: the patient first bears a share, the rest enters (乙类).
    B("02"),

    /// Class C: outside the catalogue, borne by the patient (丙类, 全自费).
    C("03");

    private final String code;

    PayClass(String code) {
        this.code = code;
    }

    /// The national code.
    public String code() {
        return code;
    }
}
