package tongchou.server.alliance;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.Fault;
import tongchou.api.http.LineFacts;
import tongchou.api.http.PrescriptionFacts;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.ReferralFacts;
import tongchou.api.http.Refused;
import tongchou.api.http.RequestReader;
import tongchou.api.http.SettlementRequest;
import tongchou.core.encounter.Referral;
import tongchou.server.intake.Intake;
import tongchou.storage.Book;
import tongchou.storage.Formularies.Carried;
import tongchou.storage.Formularies.Prescribed;
import tongchou.storage.Volumes;

/// Whether a claim dispenses what a registered referral carried along (续方核对), before it is settled.
public final class Prescriptions {

    private static final String FIELD = "encounter.referral.prescription";

    private Prescriptions() {
    }

    /// The referral whose prescription a claim dispenses, null where it dispenses none.
    public static @Nullable String referral(SettlementRequest request) {
        var facts = request.encounter().referral();
        return facts == null || facts.prescription() == null ? null : facts.prescription().referral();
    }

    /// Turns away a claim whose prescription is not that of a referral to this institution, or was dispensed before.
    ///
    /// @param replaced id of the settlement in whose place the claim is to stand; empty where there is none
    /// @throws Refused with everything that differs
    public static void require(Book book, SettlementRequest request, String replaced) {
        var facts = request.encounter().referral();
        if (facts == null || facts.prescription() == null) {
            return;
        }
        var prescription = facts.prescription();
        if (facts.direction() != Referral.Direction.DOWNWARD || request.member() == null
                || request.institution() == null) {
            throw new Refused(Fault.of(ProblemCode.FIELDS_CONFLICT, FIELD, prescription.referral(),
                    "只用于下转，且须给出 member 与 institution", "only with a referral down, a member and an institution"));
        }
        var carried = book.formularies().referral(prescription.referral()).orElseThrow(() -> new Refused(Fault.of(
                ProblemCode.UNKNOWN_REFERRAL, 422, FIELD + ".referral", prescription.referral(), "已登记的转诊单编号",
                "the id of a registered referral")));
        var faults = new ArrayList<Fault>();
        compare(book, request, facts, carried, faults);
        items(request, prescription, carried, earlier(book, request, carried, replaced), faults);
        if (!faults.isEmpty()) {
            throw new Refused(faults);
        }
    }

    private static void compare(Book book, SettlementRequest request, ReferralFacts facts, Carried carried,
            List<Fault> faults) {
        var day = Intake.lastDay(request);
        var institution = Objects.requireNonNull(request.institution());
        differs("member", request.member(), carried.member(), faults);
        differs("encounter.referral.episode", facts.episode(), carried.episode(), faults);
        differs("encounter.referral.issued", facts.issued().toString(), carried.issued().toString(), faults);
        if (!institution.equals(carried.receiver()) && book.formularies().affiliations(day).stream()
                .noneMatch(one -> one.village().equals(institution) && one.centre().equals(carried.receiver()))) {
            differs("institution", institution, carried.receiver(), faults);
        }
        if (day.isAfter(carried.lastDay()) || day.isBefore(carried.issued())) {
            differs("encounter.to", day.toString(), carried.issued() + ".." + carried.lastDay(), faults);
        }
        if (!together(book, carried.sender(), institution, day)) {
            faults.add(Fault.of(ProblemCode.REFERRAL_DIFFERS, FIELD + ".referral", carried.id(),
                    "开方机构与接收机构当日同属一个医联体", "sender and receiver in one alliance on the day"));
        }
    }

    /// Whether two institutions belong to one alliance on a day.
    public static boolean together(Book book, String one, String other, LocalDate day) {
        return book.alliances().stream().map(alliance -> Circle.on(book, alliance, day))
                .anyMatch(circle -> circle.has(one, day) && circle.has(other, day));
    }

    /// The lines of earlier claims that dispensed the same prescription; the same claim sent again is none of them.
    private static List<LineFacts> earlier(Book book, SettlementRequest request, Carried carried, String replaced) {
        return book.volumes().bills(new Volumes.Span(carried.issued(), carried.lastDay()), carried.member()).stream()
                .filter(bill -> !bill.settlement().equals(replaced))
                .map(bill -> RequestReader.body(bill.content(), SettlementRequest.class))
                .filter(one -> carried.id().equals(referral(one)) && !(Objects.equals(one.key(), request.key())
                        && Objects.equals(one.institution(), request.institution())))
                .flatMap(one -> one.lines().stream()
                        .filter(line -> prescription(one).items().contains(line.item()))).toList();
    }

    private static PrescriptionFacts prescription(SettlementRequest request) {
        return Objects.requireNonNull(Objects.requireNonNull(request.encounter().referral()).prescription());
    }

    private static BigDecimal sum(List<LineFacts> lines, String code) {
        return lines.stream().filter(line -> line.item().equals(code))
                .map(line -> line.quantity() == null ? BigDecimal.ZERO : new BigDecimal(line.quantity()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static void items(SettlementRequest request, PrescriptionFacts prescription, Carried carried,
            List<LineFacts> earlier, List<Fault> faults) {
        for (var i = 0; i < prescription.items().size(); i++) {
            var code = prescription.items().get(i);
            var prescribed = carried.items().stream().filter(one -> one.item().equals(code)).map(Prescribed::quantity)
                    .reduce(BigDecimal::add);
            var dispensed = sum(request.lines(), code);
            var before = sum(earlier, code);
            if (prescribed.isEmpty() || dispensed.add(before).compareTo(prescribed.get()) > 0) {
                faults.add(Fault.of(ProblemCode.REFERRAL_DIFFERS, FIELD + ".items[" + i + "]",
                        code + " " + dispensed.toPlainString(), "转诊单上的药品，连同此前已发 " + before.toPlainString()
                        + " 不超过所开：" + told(carried), "an item of the referral, with the " + before.toPlainString()
                        + " dispensed before no more than prescribed: " + told(carried)));
            }
        }
    }

    private static String told(Carried carried) {
        return String.join("; ", carried.items().stream()
                .map(one -> one.item() + " " + one.quantity().toPlainString()).toList());
    }

    private static void differs(String field, String read, String expected, List<Fault> faults) {
        if (!read.equals(expected)) {
            faults.add(Fault.of(ProblemCode.REFERRAL_DIFFERS, field, read, "转诊单上的 " + expected,
                    expected + ", as the referral says"));
        }
    }
}
