package tongchou.core.catalogue;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// How much of an item is paid (限量): a quantity a month, days a course. A long prescription has the quantity as often
/// as it supplies months.
///
/// @param perMonth units a month that are paid; null where none is stated
/// @param days days that are paid in one encounter; null where none is stated
/// @param longDays days that are paid of a long prescription (长期处方); null where there is none
public record Allowance(
        @Nullable BigDecimal perMonth, @Nullable Integer days, @Nullable Integer longDays) implements Stated {

    @Override
    public String slot() {
        return "";
    }
}
