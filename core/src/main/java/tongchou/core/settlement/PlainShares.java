package tongchou.core.settlement;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tongchou.core.policy.Burden;

/// The layers of one combination of facts as plain shares (常规支付流程), with what need not be worked out because no
/// layer asks for it.
final class PlainShares {

    private final PlainShare[] shares;
    private final long asked;
    private final int[] payers;

    private PlainShares(List<PlainShare> shares, long asked) {
        this.shares = shares.toArray(PlainShare[]::new);
        this.asked = asked;
        this.payers = shares.stream().mapToInt(PlainShare::payer).distinct().toArray();
    }

    /// The short cut through all layers; null where one of them depends on the claim.
    static @Nullable PlainShares of(Share[] shares) {
        var plain = new ArrayList<PlainShare>(shares.length);
        var asked = 0L;
        for (var i = shares.length - 1; i >= 0; i--) {
            if (!(shares[i] instanceof Share.Paid paid) || paid.plain() == null) {
                return null;
            }
            plain.addFirst(paid.plain().before(asked, i + 1 == shares.length));
            asked |= paid.plain().asked();
        }
        return new PlainShares(plain, asked);
    }

    /// Whether a layer works on a burden.
    boolean asks(Burden burden) {
        return (asked >>> burden.ordinal() & 1) != 0;
    }

    /// Who pays, by place in [tongchou.core.policy.Payer].
    int[] payers() {
        return payers;
    }

    /// Lets every layer pay for the claims of a batch whose bills are judged.
    void pay(Batch batch) {
        for (var payer : payers) {
            batch.clear(batch.paid()[payer]);
        }
        for (var share : shares) {
            share.pay(batch);
        }
    }
}
