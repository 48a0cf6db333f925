package tongchou.core.catalogue;

import java.util.Locale;

/// What an item of a catalogue is (目录类别).
public enum ItemKind {

    /// A western drug or a Chinese patent medicine (西药, 中成药).
    DRUG,
    /// A herbal piece (中药饮片).
    HERBAL_PIECE,
    /// A medical service that is priced as one item (医疗服务价格项目).
    SERVICE,
    /// A consumable (医用耗材).
    CONSUMABLE,
    /// A diagnosis of the insurance edition of ICD-10 (疾病诊断).
    DIAGNOSIS,
    /// An operation of the insurance edition of ICD-9-CM-3 (手术操作).
    OPERATION,
    /// A chronic or special disease that gives an entitlement (门诊慢特病病种).
    CHRONIC_DISEASE;

    /// The kind in the words of the pack format, for example `herbal-piece`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether such an item can stand on a bill.
    public boolean isCharged() {
        return compareTo(DIAGNOSIS) < 0;
    }
}
