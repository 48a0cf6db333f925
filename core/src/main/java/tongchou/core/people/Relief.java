package tongchou.core.people;

/// The medical assistance group a person belongs to (救助对象类别); the groups are those of the national
/// assistance rules of 2021, and an area decides which of them it pays for.
public enum Relief {

    /// Nobody's assistance: an ordinary insured person.
    NONE,

    /// Destitute, kept by the state (特困人员).
    DESTITUTE,

    /// An orphan (孤儿).
    ORPHAN,

    /// Receives the minimum living allowance (低保对象).
    LOW_INCOME,

    /// At the margin of the allowance (低保边缘家庭成员).
    MARGINAL,

    /// Returned to poverty (返贫致贫人口).
    RETURNED_TO_POVERTY,

    /// Watched lest poverty return (防止返贫监测对象).
    MONITORED,

    /// Made poor by illness (因病致贫重病患者).
    ILLNESS_POOR,

    /// Severely disabled without other relief (重度残疾人).
    SEVERELY_DISABLED
}
