package tongchou.core.catalogue;

import org.jspecify.annotations.Nullable;
import tongchou.core.money.Ratio;
import tongchou.core.people.Scheme;

/// The share a patient bears first (先行自付比例).
///
/// @param scheme the scheme it is for; null for both
public record PrePay(@Nullable Scheme scheme, Ratio share) implements Stated {

    @Override
    public String slot() {
        return scheme == null ? "" : scheme.name();
    }
}
