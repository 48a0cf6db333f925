package tongchou.server.intake;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.Fault;
import tongchou.api.http.LineFacts;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.ReturnFacts;
import tongchou.api.http.SettlementRequest;

/// What remains of a claim when lines of it are returned (部分退费).
public final class Returns {

    private final SettlementRequest claim;
    private final List<Fault> faults = new ArrayList<>();

    private Returns(SettlementRequest claim) {
        this.claim = claim;
    }

    /// The claim without what is returned, under another key.
    ///
    /// @throws Refused with everything that cannot be returned so
    public static SettlementRequest of(SettlementRequest claim, List<ReturnFacts> returns, String key) {
        var remaining = new Returns(claim);
        var lines = remaining.lines(returns);
        if (!remaining.faults.isEmpty()) {
            throw new Refused(remaining.faults);
        }
        return new SettlementRequest(key, claim.member(), claim.person(), claim.institution(), claim.institutionFacts(),
                claim.encounter(), lines.stream().mapToLong(LineFacts::amountFen).sum(), lines, claim.account(),
                claim.knownOn(), claim.yearToDate(), null);
    }

    private List<LineFacts> lines(List<ReturnFacts> returns) {
        var lines = new ArrayList<@Nullable LineFacts>(claim.lines());
        var seen = new HashSet<Integer>();
        for (var i = 0; i < returns.size(); i++) {
            var back = returns.get(i);
            var field = "returns[" + i + "]";
            if (back.line() > lines.size()) {
                wrong(ProblemCode.OUT_OF_RANGE, field + ".line", back.line(), "1 至 " + lines.size(),
                        "1 to " + lines.size());
            } else if (!seen.add(back.line())) {
                wrong(ProblemCode.FIELDS_CONFLICT, field + ".line", back.line(), "每条明细只出现一次", "every line once");
            } else {
                lines.set(back.line() - 1, rest(claim.lines().get(back.line() - 1), back, field));
            }
        }
        lines.removeIf(Objects::isNull);
        if (lines.isEmpty() && faults.isEmpty()) {
            wrong(ProblemCode.FIELDS_CONFLICT, "returns", returns.size(), "全部退费请用 /reversal",
                    "a reversal, where everything is returned");
        }
        return List.copyOf(lines);
    }

    /// @return what remains of the line; null when nothing does
    private @Nullable LineFacts rest(LineFacts line, ReturnFacts back, String field) {
        var amount = Objects.requireNonNullElse(back.amountFen(), line.amountFen());
        if (amount > line.amountFen()) {
            wrong(ProblemCode.OUT_OF_RANGE, field + ".amount_fen", amount, "不超过该明细的 " + line.amountFen(),
                    "at most the line's " + line.amountFen());
            return line;
        }
        if (amount == line.amountFen()) {
            return null;
        }
        return new LineFacts(line.item(), line.name(), line.amountFen() - amount, line.payClass(),
                overLimit(line, back, field), line.prePayBp(), line.directBp(), quantity(line, back, field),
                line.detail());
    }

    private @Nullable Long overLimit(LineFacts line, ReturnFacts back, String field) {
        var name = field + ".over_limit_fen";
        var stated = line.overLimitFen();
        var returned = back.overLimitFen();
        if (stated == null || stated == 0) {
            if (returned != null && returned != 0) {
                wrong(ProblemCode.FIELDS_CONFLICT, name, returned, "不填：该明细未给出超限价部分",
                        "nothing: the line states no part above the limit");
            }
            return stated;
        }
        if (returned == null || returned > stated) {
            wrong(returned == null ? ProblemCode.MISSING_FIELD : ProblemCode.OUT_OF_RANGE, name, returned,
                    "退回的超限价部分，不超过 " + stated, "how much of the part above the limit, at most " + stated);
            return stated;
        }
        return stated - returned;
    }

    private @Nullable String quantity(LineFacts line, ReturnFacts back, String field) {
        var name = field + ".quantity";
        if (line.quantity() == null) {
            if (back.quantity() != null) {
                wrong(ProblemCode.FIELDS_CONFLICT, name, back.quantity(), "不填：该明细未给出数量",
                        "nothing: the line states no quantity");
            }
            return null;
        }
        if (back.quantity() == null) {
            wrong(ProblemCode.MISSING_FIELD, name, null, "退回的数量，少于 " + line.quantity(),
                    "how much of the quantity, less than " + line.quantity());
            return line.quantity();
        }
        var rest = new BigDecimal(line.quantity()).subtract(new BigDecimal(back.quantity()));
        if (rest.signum() <= 0) {
            wrong(ProblemCode.OUT_OF_RANGE, name, back.quantity(), "少于该明细的 " + line.quantity() + "；退整条明细不填金额和数量",
                    "less than the line's " + line.quantity() + "; neither amount nor quantity for the whole line");
            return line.quantity();
        }
        return rest.stripTrailingZeros().toPlainString();
    }

    private void wrong(ProblemCode code, String field, @Nullable Object read, String expected, String expectedEn) {
        faults.add(Fault.of(code, field, read == null ? "" : read.toString(), expected, expectedEn));
    }
}
