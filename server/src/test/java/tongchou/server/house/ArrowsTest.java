package tongchou.server.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tongchou.api.http.OpenApi;

/// Who may use whom (依赖方向).
class ArrowsTest {

    /// The packages of core, each of which may use only those before it.
    private static final List<String> LADDER = List.of("money", "calendar", "people", "alliance", "catalogue",
            "encounter", "policy", "settlement", "judging", "ledger", "fund");

    static Stream<String> rungs() {
        return LADDER.stream();
    }

    @Test
    void every_package_of_core_has_its_rung() {
        var present = new TreeSet<String>();
        for (JavaClass type : House.CLASSES.that(resideInAPackage("tongchou.core.."))) {
            present.add(type.getPackageName().substring("tongchou.core.".length()));
        }
        assertEquals(new TreeSet<>(LADDER), present,
                "put a new package of core into ArrowsTest.LADDER, behind everything it uses");
    }

    @ParameterizedTest
    @MethodSource("rungs")
    void a_package_of_core_uses_only_those_before_it(String rung) {
        var later = LADDER.subList(LADDER.indexOf(rung) + 1, LADDER.size()).stream()
                .map(name -> "tongchou.core." + name + "..").toArray(String[]::new);
        noClasses().that().resideInAPackage("tongchou.core." + rung + "..")
                .should().dependOnClassesThat().resideInAnyPackage(later)
                .because("arrows in core go one way, " + String.join(" <- ", LADDER)
                        + ": move the type down, or hand in the value it needs")
                .check(House.CLASSES);
    }

    @Test
    void core_stands_on_the_jdk_alone() {
        classes().that().resideInAPackage("tongchou.core..").should().onlyDependOnClassesThat()
                .resideInAnyPackage("tongchou.core..", "java.lang..", "java.util..", "java.time..", "java.math..",
                        "org.jspecify..")
                .because("core is pure: files, sockets, databases and libraries stay outside and hand their values in")
                .check(House.CLASSES);
    }

    @Test
    void api_stands_on_core() {
        noClasses().that().resideInAPackage("tongchou.api..")
                .should().dependOnClassesThat().resideInAnyPackage("tongchou.storage..", "tongchou.server..")
                .because("others program against api: it needs neither a book nor a server").check(House.CLASSES);
    }

    @Test
    void storage_stands_on_core() {
        noClasses().that().resideInAPackage("tongchou.storage..")
                .should().dependOnClassesThat().resideInAnyPackage("tongchou.api..", "tongchou.server..")
                .because("the book keeps what core decided and knows no request: take bytes or core values")
                .check(House.CLASSES);
    }

    @Test
    void pf4j_stays_in_the_pack_host() {
        noClasses().that().resideOutsideOfPackage("tongchou.server.packs..")
                .should().dependOnClassesThat().resideInAPackage("org.pf4j..")
                .because("PF4J changed its module name twice: only the host knows it; hand on PackFiles")
                .check(House.CLASSES);
    }

    @Test
    void helidon_stays_in_server_but_for_the_database_client() {
        noClasses().that().resideInAnyPackage("tongchou.core..", "tongchou.api..")
                .should().dependOnClassesThat().resideInAPackage("io.helidon..")
                .because("requests and replies are plain records of api.http: map them in server")
                .check(House.CLASSES);
        noClasses().that().resideInAPackage("tongchou.storage..")
                .should().dependOnClassesThat(resideInAPackage("io.helidon..").and(
                        not(resideInAnyPackage("io.helidon.dbclient..", "io.helidon.config.."))))
                .because("the book knows no web server").check(House.CLASSES);
    }

    @Test
    void sql_stays_in_storage() {
        noClasses().that().resideOutsideOfPackage("tongchou.storage..")
                .should().dependOnClassesThat().resideInAnyPackage("java.sql..", "javax.sql..", "io.helidon.dbclient..",
                        "org.flywaydb..", "org.sqlite..", "org.postgresql..")
                .because("only storage knows that the book is a database: add a method to Book").check(House.CLASSES);
    }

    @Test
    void jackson_stays_out_of_core_and_storage() {
        noClasses().that().resideInAnyPackage("tongchou.core..", "tongchou.storage..")
                .should().dependOnClassesThat().resideInAPackage("com.fasterxml..")
                .because("JSON is a matter of api.http; the book stores the bytes it is given").check(House.CLASSES);
    }

    @Test
    void yaml_is_read_by_the_pack_format_alone() {
        // OpenApi turns our own description, which is written in YAML, into JSON.
        noClasses().that().resideOutsideOfPackage("tongchou.api.pack..").and().areNotAssignableTo(OpenApi.class)
                .should().dependOnClassesThat().resideInAPackage("org.yaml..")
                .because("YAML is the pack format: read it through api.pack, which names file, line and key")
                .check(House.CLASSES);
    }

    @Test
    void commands_stay_in_cli() {
        noClasses().that().resideOutsideOfPackage("tongchou.server.cli..")
                .should().dependOnClassesThat().resideInAPackage("picocli..")
                .because("a command is one way in; what it does belongs where HTTP can use it too")
                .check(House.CLASSES);
    }

    @Test
    void packages_form_no_cycles() {
        slices().matching("tongchou.(**)").should().beFreeOfCycles()
                .because("two packages that need each other are one concept, or miss a third").check(House.CLASSES);
    }
}
