package tongchou.core.judging;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.catalogue.Continuation;
import tongchou.core.catalogue.Found;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.Origin;
import tongchou.core.catalogue.PayClass;
import tongchou.core.catalogue.PrePay;
import tongchou.core.catalogue.Restriction;
import tongchou.core.encounter.ChargeLine;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.people.Scheme;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.RefusalCode;

/// Judges a bill by a catalogue (费用审定): a pure function from charges and circumstances to the lines that a
/// settlement takes.
///
/// Where the catalogue knows the item on the day, the code decides: class, limit and share come from it, and what the
/// sender gives must agree. Where no catalogue knows it, what the sender gives is taken, and a class must be given.
public final class Judge {

    private final Catalogue catalogue;
    private final Circumstances facts;

    private Judge(Catalogue catalogue, Circumstances facts) {
        this.catalogue = catalogue;
        this.facts = facts;
    }

    /// Judges every charge of a bill, or refuses the first that cannot be judged.
    public static Judgement judge(Catalogue catalogue, List<Charge> charges, Circumstances facts) {
        return new Judge(catalogue, facts).judge(charges);
    }

    /// A charge with what its code means.
    private record Meant(Charge charge, @Nullable Found<Item> found) {

        @Nullable Item item() {
            return found == null ? null : found.value();
        }
    }

    private Judgement judge(List<Charge> charges) {
        var meant = new ArrayList<Meant>(charges.size());
        var onBill = new HashSet<String>();
        for (var charge : charges) {
            var found = catalogue.item(charge.item(), facts.users(), facts.day(), facts.known());
            found.ifPresent(item -> onBill.add(item.value().code()));
            meant.add(new Meant(charge, found.orElse(null)));
        }
        var piecesAlone = arePiecesAlone(meant);
        var judged = new ArrayList<JudgedCharge>(charges.size());
        for (var one : meant) {
            var result = one.found() == null ? unknown(one.charge()) : known(one, onBill, piecesAlone);
            if (result instanceof Refused(var refusal)) {
                return new Judgement(List.of(), facts.isLongPrescription(), refusal);
            }
            judged.add(((Done) result).charge());
        }
        return new Judgement(judged, facts.isLongPrescription(), null);
    }

    /// A prescription of herbal pieces all of which are not paid alone is not paid at all.
    private static boolean arePiecesAlone(List<Meant> meant) {
        var pieces = false;
        for (var one : meant) {
            if (one.found() != null && one.item().kind() == ItemKind.HERBAL_PIECE) {
                pieces = true;
                if (!one.item().is(Item.Mark.NOT_ALONE)) {
                    return false;
                }
            }
        }
        return pieces;
    }

    private sealed interface Result {
    }

    private record Done(JudgedCharge charge) implements Result {
    }

    private record Refused(Refusal refusal) implements Result {
    }

    private static Result unknown(Charge charge) {
        if (charge.payClass() == null) {
            return new Refused(new Refusal(RefusalCode.MISSING_INPUT, field(charge, "class"), charge.item(),
                    "目录中无此项目，请给出类别：a、b 或 c", "no catalogue knows the item: give its class, a, b or c"));
        }
        return new Done(new JudgedCharge(new ChargeLine(charge.number(), charge.item(), charge.amount(),
                charge.payClass(), Objects.requireNonNullElse(charge.overLimit(), Fen.ZERO), charge.prePay(),
                charge.direct()), null, null, List.of()));
    }

    static String field(Charge charge, String name) {
        return "lines[" + (charge.number() - 1) + "]." + name;
    }

    private Result known(Meant meant, Set<String> onBill, boolean piecesAlone) {
        var charge = meant.charge();
        var found = Objects.requireNonNull(meant.found());
        var item = found.value();
        var notes = new ArrayList<Note>();
        var listed = item.payClass() == null ? charge.payClass() : item.payClass();
        if (listed == null) {
            return new Refused(new Refusal(RefusalCode.MISSING_INPUT, field(charge, "class"), charge.item(),
                    "目录未规定该项目的类别，请给出：a、b 或 c", "the catalogue states no class for the item: give a, b or c"));
        }
        if (item.payClass() != null) {
            notes.add(new Note(Note.Kind.PAY_CLASS, item.name() + "：" + word(listed) + " 类" + replaced(found, true),
                    item.name() + ": class " + word(listed) + replaced(found, false), found.fact().origin()));
        }
        var selfPaid = selfPaid(charge, item, piecesAlone, notes);
        if (selfPaid.unknown() != null) {
            return new Refused(selfPaid.unknown());
        }
        var payClass = selfPaid.yes() ? PayClass.C : listed;
        if (charge.payClass() != null && charge.payClass() != listed && charge.payClass() != payClass) {
            return new Refused(contradicted(charge, "class", word(charge.payClass()).toLowerCase(java.util.Locale.ROOT),
                    "类别 " + word(listed).toLowerCase(java.util.Locale.ROOT), found.fact().origin()));
        }
        beside(item, onBill, notes);
        return payClass == PayClass.C ? new Done(new JudgedCharge(new ChargeLine(charge.number(), charge.item(),
                charge.amount(), PayClass.C, Fen.ZERO, null, null), found, null, notes))
                : paid(charge, found, payClass, notes);
    }

    /// A class in scope: the share and the limit.
    private Result paid(Charge charge, Found<Item> found, PayClass payClass, List<Note> notes) {
        var item = found.value();
        var share = share(item);
        if (charge.prePay() != null && share.isPresent() && !share.get().value().share().equals(charge.prePay())) {
            return new Refused(contradicted(charge, "pre_pay_ratio", charge.prePay().percent(),
                    "先行自付 " + share.get().value().share().percent(), share.get().fact().origin()));
        }
        var limits = new Limits(catalogue, facts, notes);
        var mispriced = limits.mispriced(charge);
        if (mispriced != null) {
            return new Refused(mispriced);
        }
        var counted = limits.of(charge, item);
        if (counted.refusal() != null) {
            return new Refused(counted.refusal());
        }
        Fen over = charge.overLimit();
        if (counted.payable() != null) {
            var worked = charge.amount().minus(counted.payable());
            var above = worked.isNegative() ? Fen.ZERO : worked;
            if (over != null && !over.equals(above)) {
                return new Refused(contradicted(charge, "over_limit_fen", over.yuan(), "超限价 " + above.yuan() + " 元",
                        found.fact().origin()));
            }
            over = above;
        }
        Ratio prePay = charge.prePay() != null ? charge.prePay() : share.map(one -> one.value().share()).orElse(null);
        return new Done(new JudgedCharge(new ChargeLine(charge.number(), charge.item(), charge.amount(), payClass,
                Objects.requireNonNullElse(over, Fen.ZERO), prePay, charge.direct()), found, counted.payable(),
                notes));
    }

    private Optional<Found<PrePay>> share(Item item) {
        var shares = catalogue.about(PrePay.class, item, facts.day(), facts.known());
        return shares.stream().filter(one -> one.value().scheme() == facts.scheme()).findFirst()
                .or(() -> shares.stream().filter(one -> one.value().scheme() == null).findFirst());
    }

    private static String replaced(Found<?> found, boolean chinese) {
        return found.overrides().isEmpty() ? "" : chinese
                ? "（" + found.fact().origin().level() + "替代" + found.overrides() + "）"
                : " (" + found.fact().origin().level() + " replaces " + found.overrides() + ")";
    }

    private static String word(PayClass payClass) {
        return payClass.name();
    }

    private static Refusal contradicted(Charge charge, String field, String read, String stated, Origin origin) {
        return new Refusal(RefusalCode.CATALOGUE_CONTRADICTED, field(charge, field), charge.item() + " " + read,
                "与目录一致的值：" + stated + "（" + origin.document() + "），或不填", "what the catalogue says: " + stated + " ("
                + origin.document() + "), or nothing");
    }

    /// Whether the patient pays it all, or which fact would have to be known to say so.
    private record SelfPaid(boolean yes, @Nullable Refusal unknown) {
    }

    private SelfPaid selfPaid(Charge charge, Item item, boolean piecesAlone, List<Note> notes) {
        if (item.kind() == ItemKind.HERBAL_PIECE && piecesAlone) {
            notes.add(new Note(Note.Kind.NOT_ALONE, item.name() + "：单独使用或全部由此类饮片组成的处方不予支付，由个人支付",
                    item.name() + ": not paid alone or with nothing but such pieces; the patient pays", null));
            return new SelfPaid(true, null);
        }
        if (item.is(Item.Mark.INJURY_ONLY)) {
            notes.add(new Note(Note.Kind.OTHER_INSURANCE, item.name() + "：限工伤保险，基本医保不予支付",
                    item.name() + ": paid by work injury insurance only", null));
            return new SelfPaid(true, null);
        }
        if (item.is(Item.Mark.MATERNITY_ONLY)) {
            return maternity(charge, item, notes);
        }
        for (var restriction : catalogue.about(Restriction.class, item, facts.day(), facts.known())) {
            var judged = restricted(charge, item, restriction, notes);
            if (judged.yes() || judged.unknown() != null) {
                return judged;
            }
        }
        return new SelfPaid(false, null);
    }

    /// Maternity drugs: of basic insurance only the residents' pays them, for maternity.
    private SelfPaid maternity(Charge charge, Item item, List<Note> notes) {
        if (facts.scheme() == Scheme.RESIDENT && facts.diagnoses() == null) {
            return new SelfPaid(false, missing(charge, "encounter.clinical.diagnoses", item.name()));
        }
        var paid = facts.scheme() == Scheme.RESIDENT
                && facts.diagnoses().stream().anyMatch(code -> code.startsWith("O"));
        notes.add(paid ? new Note(Note.Kind.RESTRICTION_MET, item.name() + "：居民生育医疗费用，可以支付",
                item.name() + ": residents' maternity costs, paid", null)
                : new Note(Note.Kind.OTHER_INSURANCE, item.name() + "：限生育保险，基本医保不予支付",
                item.name() + ": paid by maternity insurance only", null));
        return new SelfPaid(!paid, null);
    }

    /// The rule by which a lower tier may go on with what a referral carries along.
    private Optional<Found<Continuation>> continued(Item item) {
        return facts.carried().contains(item.code())
                ? catalogue.about(Continuation.class, item, facts.day(), facts.known()).stream().findFirst()
                : Optional.empty();
    }

    private SelfPaid restricted(Charge charge, Item item, Found<Restriction> found, List<Note> notes) {
        var restriction = found.value();
        var english = restriction.textEn().isEmpty() ? restriction.text() : restriction.textEn();
        var continued = continued(item);
        var proof = Proof.of(restriction, facts, continued.isPresent());
        if (proof.unknown() != null) {
            return new SelfPaid(false, missing(charge, proof.unknown(), item.name() + "：" + restriction.text()));
        }
        if (!proof.holds()) {
            notes.add(new Note(Note.Kind.RESTRICTION_NOT_MET, item.name() + "：不符合限定支付范围（" + restriction.text() + "）："
                    + String.join("；", proof.failed()) + "，由个人支付", item.name() + ": the restriction (" + english
                    + ") is not met: " + String.join("; ", proof.failedEn()) + "; the patient pays",
                    found.fact().origin()));
            return new SelfPaid(true, null);
        }
        continued.filter(rule -> !Proof.of(restriction, facts, false).holds()).ifPresent(rule -> notes.add(new Note(
                Note.Kind.CONTINUED, item.name() + "：随转诊下转续方，不受机构等级限制", item.name()
                + ": goes on after a referral down, whatever the tier", rule.fact().origin())));
        notes.add(restriction.coded() == Restriction.Coded.FULLY
                ? new Note(Note.Kind.RESTRICTION_MET, item.name() + "：符合限定支付范围（" + restriction.text() + "）",
                        item.name() + ": the restriction (" + english + ") is met", found.fact().origin())
                : new Note(Note.Kind.RESTRICTION_OPEN, item.name() + "：限定支付范围（" + restriction.text() + "）须人工审核",
                        item.name() + ": the restriction (" + english + ") is for people to look at",
                        found.fact().origin()));
        return new SelfPaid(false, null);
    }

    private static Refusal missing(Charge charge, String field, String why) {
        return new Refusal(RefusalCode.MISSING_INPUT, field, charge.item(), "判断限定支付范围所需的信息（" + why + "）",
                "the fact that a restriction on the item asks for (" + why + ")");
    }

    /// Items that may not stand beside this one, and items it belongs to.
    private static void beside(Item item, Set<String> onBill, List<Note> notes) {
        for (var code : item.attribute("excludes").split(";")) {
            if (!code.isBlank() && onBill.contains(code.strip())) {
                notes.add(new Note(Note.Kind.EXCLUDED, item.name() + "：不得与 " + code.strip() + " 同时收取",
                        item.name() + ": not to be charged beside " + code.strip(), null));
            }
        }
        var linked = item.attribute("linked");
        if (!linked.isEmpty() && List.of(linked.split(";")).stream().map(String::strip).noneMatch(onBill::contains)) {
            notes.add(new Note(Note.Kind.NOT_LINKED, item.name() + "：须与 " + linked + " 之一同时发生",
                    item.name() + ": charged only together with one of " + linked, null));
        }
    }
}
