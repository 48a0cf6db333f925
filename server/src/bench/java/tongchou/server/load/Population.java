package tongchou.server.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.LineFacts;
import tongchou.api.http.Words;
import tongchou.core.calendar.InForce;
import tongchou.core.catalogue.PayClass;
import tongchou.core.encounter.Care;
import tongchou.core.money.Fen;
import tongchou.core.people.Contract;
import tongchou.core.people.Member;
import tongchou.core.people.Purse;
import tongchou.core.people.Relief;
import tongchou.core.people.Scheme;
import tongchou.core.people.Standing;
import tongchou.core.people.Status;
import tongchou.server.demo.DemoCounty;
import tongchou.storage.Person;

/// People of the demonstration county and what they claim in a year (压测人群), in the order of service: read from a
/// synthetic population (Synthea, compact CSV) where a folder is named, otherwise drawn from a seed.
///
/// The same year may be lived by many copies of the population: tokens and keys carry the number of the copy.
final class Population {

    private static final LocalDate SINCE = LocalDate.of(2021, 1, 1);
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final int MOST_LINES = 40;
    private static final String[] HOSPITALS = {DemoCounty.COUNTY_HOSPITAL, "H99990100002"};
    private static final String[] CENTRES = {"H99990100011", "H99990100012", "H99990100021"};
    private static final String[] VILLAGES = {"H99990100031", "H99990100032"};

    private final List<One> people = new ArrayList<>();
    private final List<Visit> visits = new ArrayList<>();

    private Population() {
    }

    private record One(LocalDate birth, boolean employee, @Nullable String contract) {
    }

    /// @param time when it began, as the text that a day is told by
    private record Visit(int member, String institution, Care care, LocalDate day, String time, int days,
            List<LineFacts> lines) {
    }

    /// A claim as it is sent: everything but key and member is the same for every copy.
    record Claim(String institution, String member, byte[] body) {
    }

    int people() {
        return people.size();
    }

    int visits() {
        return visits.size();
    }

    Person person(int copy, int number) {
        var one = people.get(number);
        var age = 2026 - one.birth().getYear();
        var status = one.employee() ? age >= 60 ? Status.RETIRED : Status.ACTIVE
                : age < 7 ? Status.CHILD : age < 18 ? Status.PUPIL : age >= 60 ? Status.ELDERLY : Status.ADULT;
        var standing = new Standing(InForce.from(SINCE), DemoCounty.DIVISION,
                one.employee() ? Scheme.EMPLOYEE : Scheme.RESIDENT, status, "", Relief.NONE, false, SINCE, SINCE, null,
                one.contract() == null ? null : new Contract(one.contract(), InForce.from(SINCE)), List.of(), Set.of(),
                Set.of());
        return new Person(new Member(token(copy, number), one.birth()), List.of(standing),
                one.employee() ? new Purse(Fen.of(120_000), Fen.of(260_000), Fen.ZERO) : Purse.EMPTY, List.of());
    }

    private static String token(int copy, int number) {
        return "load-%04d-%05d".formatted(copy, number);
    }

    /// The claim at a place of the year.
    Claim claim(int copy, int place) {
        var visit = visits.get(place);
        var total = visit.lines().stream().mapToLong(LineFacts::amountFen).sum();
        var token = token(copy, visit.member());
        var text = new StringBuilder("{\"key\":\"%04d-%07d\",\"member\":\"%s\",\"institution\":\"%s\",".formatted(
                copy, place, token, visit.institution())).append("\"encounter\":{\"care\":\"")
                .append(Words.of(visit.care())).append("\",\"from\":\"").append(visit.day());
        if (visit.days() > 0) {
            text.append("\",\"to\":\"").append(visit.day().plusDays(visit.days()));
        }
        text.append("\"},\"total_fen\":").append(total).append(",\"lines\":[");
        for (var line : visit.lines()) {
            text.append("{\"item\":\"").append(line.item()).append("\",\"amount_fen\":").append(line.amountFen())
                    .append(",\"class\":\"").append(Words.of(Objects.requireNonNull(line.payClass()))).append('"');
            if (line.prePayBp() != null) {
                text.append(",\"pre_pay_bp\":").append(line.prePayBp());
            }
            text.append("},");
        }
        text.setCharAt(text.length() - 1, ']');
        text.append('}');
        return new Claim(visit.institution(), token, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// Reads the population in a folder, or draws one where none is named.
    static Population of(@Nullable Path folder, long seed) throws IOException {
        var population = new Population();
        if (folder != null) {
            population.read(folder);
        } else {
            population.draw(new Random(seed));
        }
        population.visits.sort(Comparator.comparing(Visit::day).thenComparing(Visit::time));
        return population;
    }

    private void draw(Random random) {
        for (var i = 0; i < 10_000; i++) {
            people.add(new One(LocalDate.of(1936 + random.nextInt(86), 1 + random.nextInt(12), 1 + random.nextInt(28)),
                    random.nextInt(3) == 0, random.nextBoolean() ? CENTRES[random.nextInt(CENTRES.length)] : null));
        }
        for (var i = 0; i < 60_000; i++) {
            var inpatient = random.nextInt(10) == 0;
            var lines = new ArrayList<LineFacts>();
            for (var n = 1 + random.nextInt(inpatient ? 30 : 8); n > 0; n--) {
                lines.add(line(random.nextInt(3_000), 500 + random.nextInt(inpatient ? 60_000 : 9_000)));
            }
            visits.add(new Visit(random.nextInt(people.size()), place(inpatient, random.nextInt(100)),
                    inpatient ? Care.INPATIENT : Care.OUTPATIENT, FIRST.plusDays(random.nextInt(300)), "",
                    inpatient ? 2 + random.nextInt(9) : 0, lines));
        }
    }

    private static String place(boolean inpatient, int chance) {
        return inpatient || chance < 20 ? HOSPITALS[chance % HOSPITALS.length]
                : chance < 70 ? CENTRES[chance % CENTRES.length] : VILLAGES[chance % VILLAGES.length];
    }

    /// The class of an item follows from its code: 70 in 100 are class A, 20 class B, 10 class C.
    private static LineFacts line(long code, long fen) {
        var chance = Math.floorMod(code * 31 + 17, 100);
        return new LineFacts("S" + code, null, fen, chance < 70 ? PayClass.A : chance < 90 ? PayClass.B : PayClass.C,
                null, chance >= 70 && chance < 90 ? (Long) 1000L : null, null, null, null);
    }

    private void read(Path folder) throws IOException {
        var members = new HashMap<String, Integer>();
        each(folder, "members", row -> {
            members.put(row[0], people.size());
            var number = people.size();
            people.add(new One(LocalDate.parse(row[1]), Long.parseLong(row[4]) > 60_000,
                    number % 2 == 0 ? CENTRES[number % CENTRES.length] : null));
        });
        Map<String, List<LineFacts>> lines = new HashMap<>();
        each(folder, "lines", row -> {
            // Cents become fen at seven, and a quarter of that is what care costs in a county.
            var fen = Long.parseLong(row[row.length - 1]) * 7 / 4;
            var bill = lines.computeIfAbsent(row[0], encounter -> new ArrayList<>());
            if (fen > 0 && bill.size() < MOST_LINES) {
                bill.add(line(Long.parseLong(row[4]) % 1_000_000_007L, fen));
            }
        });
        each(folder, "encounters", row -> {
            var bill = lines.getOrDefault(row[0], List.of());
            var stay = List.of("inpatient", "snf", "hospice").contains(row[2]);
            var care = stay ? Care.INPATIENT : row[2].equals("emergency") ? Care.EMERGENCY : Care.OUTPATIENT;
            var member = members.get(row[1]);
            // One stay in a hundred visits is too few for a county: each counts five times, a month apart.
            for (var n = 0; member != null && !bill.isEmpty() && n < (stay ? 5 : 1); n++) {
                var day = FIRST.plusDays((LocalDate.parse(row[3].substring(0, 10)).toEpochDay() + 30L * n) % 300);
                visits.add(new Visit(member, care == Care.OUTPATIENT
                        ? place(false, Math.floorMod(row[5].hashCode(), 100)) : HOSPITALS[member % 2], care, day,
                        row[3].substring(10), stay ? 3 + member % 9 : 0, bill));
            }
        });
    }

    private interface Reader {
        void row(String[] values);
    }

    private static void each(Path folder, String table, Reader reader) throws IOException {
        var file = folder.resolve("compact-" + table + ".csv.gz");
        try (var in = new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)),
                StandardCharsets.UTF_8))) {
            in.readLine();
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                reader.row(line.split(",", -1));
            }
        }
    }
}
