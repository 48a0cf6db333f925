package tongchou.core.alliance;

import tongchou.core.calendar.InForce;

/// A designated medical institution or pharmacy (定点医药机构) as it stands during a period.
///
/// @param code national institution code, or the demonstration code of a sample county
/// @param name the name patients know
/// @param division six-digit code of the division it lies in
/// @param grade grade within the tier
/// @param inForce the days on which tier, kind and administration hold
public record Institution(
        String code,
        String name,
        String division,
        Tier tier,
        Grade grade,
        Kind kind,
        Administration administration,
        Specialty specialty,
        InForce inForce) {

    /// An institution whose grade within its tier nobody asks for.
    public Institution(String code, String name, String division, Tier tier, Kind kind, Administration administration,
            Specialty specialty, InForce inForce) {
        this(code, name, division, tier, Grade.NONE, kind, administration, specialty, inForce);
    }

    /// The grade within its tier (等次): 三级甲等, 二级乙等...
    public enum Grade {
        /// First (甲等).
        A,
        /// Second (乙等).
        B,
        /// Third (丙等).
        C,
        /// Not graded, or not said (未评等).
        NONE
    }

    /// What an institution is (机构类别).
    public enum Kind {
        /// A hospital (医院).
        HOSPITAL,
        /// A community health service centre or station (社区卫生服务机构).
        COMMUNITY,
        /// A township health centre (乡镇卫生院).
        TOWNSHIP,
        /// A village clinic (村卫生室).
        VILLAGE,
        /// A designated retail pharmacy (定点零售药店).
        PHARMACY
    }

    /// Who runs it (隶属关系).
    public enum Administration {
        /// A village (村).
        VILLAGE,
        /// A township or street (乡镇, 街道).
        TOWNSHIP,
        /// A county or county-level city (县).
        COUNTY,
        /// An urban district (区).
        DISTRICT,
        /// A city (市).
        CITY,
        /// A province (省) or the nation (中央).
        PROVINCE,
        /// Nobody public (社会办).
        PRIVATE
    }

    /// What it specialises in (专科类别).
    public enum Specialty {
        /// General care (综合).
        GENERAL,
        /// Chinese medicine (中医).
        CHINESE_MEDICINE,
        /// Mental illness (精神).
        PSYCHIATRIC,
        /// Tuberculosis and other infectious disease (结核, 传染).
        INFECTIOUS,
        /// Any other specialised care (其他专科).
        OTHER
    }
}
