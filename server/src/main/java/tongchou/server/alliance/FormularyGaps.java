package tongchou.server.alliance;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.RequestReader;
import tongchou.api.http.SettlementRequest;
import tongchou.core.people.Standing;
import tongchou.storage.Book;
import tongchou.storage.Formularies.Listed;
import tongchou.storage.Formularies.Stocked;
import tongchou.storage.Person;
import tongchou.storage.Volumes.Bill;
import tongchou.storage.Volumes.Span;

/// What members of an alliance lack of its list, and for which patients it matters (缺药报告).
///
/// It matters for those to whom the alliance dispensed the item within a year and who belong to the member: by
/// contract,
/// as the designated institution, or because they were treated there within the year.
public final class FormularyGaps {

    private static final int PAGE = 500;

    private final Book book;
    private final Circle circle;
    private final LocalDate day;
    private final Naming naming;
    private final Map<String, Map<String, Dispensed>> dispensed = new HashMap<>();
    private final Map<String, Set<String>> treated = new HashMap<>();
    private final Map<String, Optional<Person>> people = new HashMap<>();

    /// The gaps of an alliance on a day.
    public FormularyGaps(Book book, Circle circle, LocalDate day, Naming naming) {
        this.book = book;
        this.circle = circle;
        this.day = day;
        this.naming = naming;
    }

    /// When and where an item was dispensed to somebody last.
    private record Dispensed(LocalDate day, String at) {
    }

    /// A member that lacks an item (缺药).
    ///
    /// @param atCentre whether the township centre of a village clinic has it
    public record Gap(String institution, String item, String name, boolean atCentre, List<Patient> patients) {

        /// By which gaps are sorted and pages go on.
        public String key() {
            return institution + "/" + item;
        }
    }

    /// Somebody for whom a gap matters (受影响患者).
    ///
    /// @param diseases chronic diseases for which the member is registered
    public record Patient(String member, List<String> diseases, LocalDate lastDay, String at, boolean contracted) {
    }

    /// The gaps behind a place, by institution and item.
    ///
    /// @param institution only this member; null for all
    public List<Gap> after(String place, @Nullable String institution, int limit) {
        var listed = book.formularies().listed(circle.alliance().code(), day).stream().map(Listed::item).toList();
        learn(new HashSet<>(listed));
        var gaps = new ArrayList<Gap>();
        for (var member : circle.members(day).stream().sorted().toList()) {
            if (institution != null && !institution.equals(member)) {
                continue;
            }
            var has = stock(member);
            var centre = circle.centre(member).map(this::stock).orElse(Set.of());
            for (var item : listed) {
                if (!has.contains(item) && (member + "/" + item).compareTo(place) > 0) {
                    gaps.add(new Gap(member, item, naming.name(item), centre.contains(item), patients(member, item)));
                    if (gaps.size() == limit) {
                        return gaps;
                    }
                }
            }
        }
        return gaps;
    }

    private Set<String> stock(String institution) {
        var items = new HashSet<String>();
        book.formularies().stocked(institution, day).stream().map(Stocked::item).forEach(items::add);
        return items;
    }

    /// What was dispensed within a year, and who was treated where.
    private void learn(Set<String> listed) {
        if (!treated.isEmpty() || listed.isEmpty()) {
            return;
        }
        var span = new Span(day.minusYears(1).plusDays(1), day);
        var at = 0L;
        for (var bills = book.volumes().bills(span, circle.everybody(), at, PAGE); !bills.isEmpty();
                bills = book.volumes().bills(span, circle.everybody(), at, PAGE)) {
            for (var bill : bills) {
                at = bill.number();
                treated.computeIfAbsent(bill.member(), member -> new HashSet<>()).add(bill.institution());
                items(bill).stream().filter(listed::contains).forEach(item -> dispensed
                        .computeIfAbsent(item, code -> new TreeMap<>())
                        .merge(bill.member(), new Dispensed(bill.day(), bill.institution()),
                                (one, other) -> other.day().isBefore(one.day()) ? one : other));
            }
        }
    }

    private List<String> items(Bill bill) {
        return RequestReader.body(bill.content(), SettlementRequest.class).lines().stream()
                .map(line -> naming.code(line.item())).toList();
    }

    private List<Patient> patients(String institution, String item) {
        var patients = new ArrayList<Patient>();
        dispensed.getOrDefault(item, Map.of()).forEach((member, last) -> {
            var standing = people.computeIfAbsent(member, book::person).stream()
                    .flatMap(person -> person.standings().stream())
                    .filter(one -> one.inForce().covers(day)).findFirst();
            var contracted = standing.map(Standing::contract).filter(contract -> contract.inForce().covers(day)
                    && contract.institution().equals(institution)).isPresent();
            if (contracted || standing.filter(one -> one.designated().contains(institution)).isPresent()
                    || treated.getOrDefault(member, Set.of()).contains(institution)) {
                patients.add(new Patient(member, standing.map(one -> one.diseases().stream().sorted().toList())
                        .orElse(List.of()), last.day(), last.at(), contracted));
            }
        });
        patients.sort(Comparator.comparing(Patient::member));
        return patients;
    }
}
