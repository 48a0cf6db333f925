package tongchou.server.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tongchou.api.http.EstimateRequest;
import tongchou.api.http.RequestReader;
import tongchou.core.money.Fen;
import tongchou.core.policy.Payer;
import tongchou.core.settlement.Amounts;
import tongchou.core.settlement.Settlement;
import tongchou.server.intake.Intake;
import tongchou.server.packs.PackHost;

/// I12: what a settlement says the funds pay is held against a larger bill.
class LargerBillTest {

    private static final Intake INTAKE = new Intake(PackHost.load(null, List.of(
            Path.of("../policy-packs/national/data"), Path.of("../policy-packs/zhejiang/data"),
            Path.of("../policy-packs/example-county/data")), "0.1.0"));

    private static Settlement inpatient(long fen) {
        var json = """
                {"area": "999901", "scheme": "employee", "status": "active", "tier": "secondary", "care": "inpatient",
                 "date": "2026-03-01", "lines": [{"item": "X1", "amount_fen": %d, "class": "a"}]}""".formatted(fen);
        return (Settlement) INTAKE.estimate(RequestReader.body(json.getBytes(StandardCharsets.UTF_8),
                EstimateRequest.class)).outcome();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 50_000, 3_000_000, 90_000_000})
    void theFundsPayNoLessOfALargerBillAndALargerShareThanTheRulesGiveIsFound(long fen) {
        var settlement = inpatient(fen);
        assertEquals(Optional.empty(), new LargerBill().lowers(settlement));
        var amounts = settlement.amounts();
        var payers = new ArrayList<>(amounts.byPayer());
        payers.set(Payer.POOLED.ordinal(), amounts.by(Payer.POOLED).plus(Fen.of(20_000_000_00L)));
        var tooMuch = new Settlement(settlement.waterfall(), settlement.day(), settlement.knownOn(), settlement.claim(),
                new Amounts(amounts.total(), amounts.fullSelfPay(), amounts.overLimit(), amounts.prePay(),
                        amounts.inScope(), amounts.deductible(), payers), settlement.lines(), settlement.postings(),
                settlement.steps(), settlement.position());
        assertTrue(new LargerBill().lowers(tooMuch).orElseThrow().startsWith("with 100.00 yuan more in scope"));
    }
}
