package tongchou.server.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongchou.core.settlement.Workings;
import tongchou.server.Main;

/// What classes do and leave (习惯).
class HabitsTest {

    private static final List<String> SAYS_NOTHING = List.of("Manager", "Helper", "Util", "Utils", "Impl", "DTO", "Dto",
            "Service");

    @ParameterizedTest
    @CsvSource({"tongchou.core.., 90", "tongchou.api.., 60", "tongchou.storage.., 30", "tongchou.server.., 40"})
    void the_scan_sees_the_classes_it_speaks_of(String module, int atLeast) {
        var seen = House.CLASSES.that(resideInAPackage(module)).size();
        assertTrue(seen >= atLeast, "only " + seen + " classes of " + module + " were read, at least " + atLeast
                + " are there: the rules of the house would pass without looking");
    }

    @Test
    void a_field_in_core_is_final_except_on_the_scratch_pad() {
        fields().that().areDeclaredInClassesThat().resideInAPackage("tongchou.core..")
                .and().areDeclaredInClassesThat().areNotAssignableTo(Workings.class)
                .should().beFinal()
                .because("core is values: make a new one instead of changing one; what must change while a settlement "
                        + "runs stands in Workings")
                .check(House.CLASSES);
    }

    @Test
    void nobody_reads_a_clock_outside_main() {
        noClasses().that().areNotAssignableTo(Main.class).should().callCodeUnitWhere(describe("reads a clock",
                        call -> isClock(call.getTarget())))
                .because("Main holds the only clock: take a Clock, an Instant or a day as an argument")
                .check(House.CLASSES);
    }

    private static boolean isClock(CodeUnitCallTarget called) {
        var owner = called.getOwner();
        var name = called.getName();
        var takesClock = called.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Clock.class));
        return switch (name) {
            case "now" -> owner.getPackageName().startsWith("java.time") && !takesClock;
            case "system", "systemUTC", "systemDefaultZone", "tickMillis", "tickSeconds", "tickMinutes" ->
                owner.isEquivalentTo(Clock.class);
            case "currentTimeMillis" -> owner.isEquivalentTo(System.class);
            case "getInstance" -> owner.isEquivalentTo(java.util.Calendar.class);
            case "<init>" -> owner.isEquivalentTo(java.util.Date.class) && called.getRawParameterTypes().isEmpty();
            default -> false;
        };
    }

    @Test
    void nobody_throws_dice_outside_main() {
        noClasses().that().areNotAssignableTo(Main.class).should().callCodeUnitWhere(describe("makes a random value",
                        call -> isDice(call.getTarget())))
                .because("Main is the only source of ids: take a Supplier of ids, or a seed that was printed")
                .check(House.CLASSES);
    }

    private static boolean isDice(CodeUnitCallTarget called) {
        var owner = called.getOwner();
        return switch (called.getName()) {
            case "randomUUID" -> owner.isEquivalentTo(java.util.UUID.class);
            case "random" -> owner.isEquivalentTo(Math.class);
            case "current" -> owner.isEquivalentTo(java.util.concurrent.ThreadLocalRandom.class);
            case "<init>" -> owner.isEquivalentTo(java.security.SecureRandom.class)
                    || owner.isEquivalentTo(Random.class) && called.getRawParameterTypes().isEmpty();
            default -> false;
        };
    }

    @Test
    void core_measures_no_time() {
        noClasses().that().resideInAPackage("tongchou.core..").should().callMethod(System.class, "nanoTime")
                .because("how long something takes is asked outside: a benchmark or a meter of the server")
                .check(House.CLASSES);
    }

    @Test
    void only_commands_write_to_the_terminal() {
        noClasses().that(describe("are neither Main nor commands", type -> !type.isEquivalentTo(Main.class)
                        && !type.getPackageName().startsWith("tongchou.server.cli")))
                .should().accessFieldWhere(describe("System.out, System.err or System.in", HabitsTest::isTerminal))
                .because("what happened is returned to the caller, or logged with System.Logger under the class's name")
                .check(House.CLASSES);
    }

    private static boolean isTerminal(JavaAccess<?> access) {
        return access.getTargetOwner().isEquivalentTo(System.class);
    }

    @Test
    void stack_traces_go_to_the_log() {
        noClasses().that().resideOutsideOfPackage("tongchou.server.cli..").should().callCodeUnitWhere(
                        describe("prints a stack trace", HabitsTest::printsTrace))
                .because("log the throwable with System.Logger; a client sees an id, never a trace")
                .check(House.CLASSES);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.because("System.Logger leaves the choice to the distribution")
                .check(House.CLASSES);
    }

    private static boolean printsTrace(JavaCall<?> call) {
        return call.getName().equals("printStackTrace");
    }

    @Test
    void exceptions_have_a_name() {
        NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.because("an expected no is a Refusal or a Finding; a defect is an "
                + "IllegalStateException, IllegalArgumentException or ArithmeticException that names the values")
                .check(House.CLASSES);
    }

    @Test
    void a_class_is_named_for_what_it_knows() {
        House.assertNone(House.CLASSES.stream().filter(type -> SAYS_NOTHING.stream()
                        .anyMatch(word -> type.getSimpleName().endsWith(word)))
                .map(JavaClass::getName).sorted().toList(),
                "a noun that survives outside the code: the thing itself (Book), its plural for constants and ways to "
                        + "make it (Books), or the one who does it (PackReader)");
    }

    @Test
    void every_package_is_null_marked() {
        House.assertNone(packages().stream().filter(name -> {
            var described = House.CLASSES.getPackage(name).tryGetPackageInfo();
            return described.isEmpty() || !described.get().isAnnotatedWith(NullMarked.class);
        }).toList(), "add package-info.java: one sentence with the Chinese term, and @NullMarked; say @Nullable where "
                + "null may stand");
    }

    private static Collection<String> packages() {
        return new java.util.TreeSet<>(House.CLASSES.stream().map(JavaClass::getPackageName).toList());
    }

    @Test
    void no_class_ends_the_program_but_main() {
        noClasses().that().areNotAssignableTo(Main.class).should().callMethod(System.class, "exit", int.class)
                .orShould().callMethod(Runtime.class, "halt", int.class)
                .because("a command returns its exit code, Main leaves with it").check(House.CLASSES);
    }

    @Test
    void nobody_swallows_an_interrupt_by_sleeping() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class)
                .because("waiting is for an event: block on it, or park for a named back-off").check(House.CLASSES);
    }

    @Test
    void nothing_depends_on_the_machine_it_runs_on() {
        var asks = Set.of("java.util.Locale.getDefault", "java.time.ZoneId.systemDefault",
                "java.util.TimeZone.getDefault", "java.nio.charset.Charset.defaultCharset");
        noClasses().that().areNotAssignableTo(Main.class).should().callCodeUnitWhere(describe(
                        "asks for a default of the machine",
                        call -> asks.contains(call.getTargetOwner().getName() + "." + call.getName())))
                .because("the same request gives the same bytes on every machine: Main asks once and hands it in")
                .check(House.CLASSES);
    }
}
