package tongchou.server.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// No class computes with floating point (不用浮点数): not in fields, not in signatures, not in a local variable.
class ExactMoneyTest {

    private static final String INSTEAD = "count whole fen in a long, shares in a Ratio, and round once with Rounding; "
            + "for a rate or a duration, whole numbers with the unit in the name";

    /// Where a library asks for floating point, with the reason.
    private static final Map<String, String> FORCED = Map.of(
            "tongchou.storage.OneConnection.<init>",
            "LinkedHashMap keeps the order of use only in the constructor that also takes a load factor",
            "tongchou.storage.Recent.<init>",
            "LinkedHashMap keeps the order of use only in the constructor that also takes a load factor",
            "tongchou.server.http.Call.prefersChinese",
            "the JDK gives the weight of a language as a double; only its sign is looked at");

    private static final Set<ClassDesc> FLOATING = Set.of(ConstantDescs.CD_double, ConstantDescs.CD_float,
            ConstantDescs.CD_Double, ConstantDescs.CD_Float);

    @Test
    void no_field_is_a_floating_point_number() {
        House.assertNone(House.CLASSES.stream().flatMap(type -> type.getFields().stream())
                .filter(field -> isFloating(field.getRawType())).map(JavaField::getFullName).sorted().toList(),
                INSTEAD);
    }

    @Test
    void no_method_takes_or_gives_a_floating_point_number() {
        House.assertNone(House.CLASSES.stream().flatMap(type -> type.getCodeUnits().stream())
                .filter(unit -> isFloating(unit.getRawReturnType())
                        || unit.getRawParameterTypes().stream().anyMatch(ExactMoneyTest::isFloating))
                .map(JavaCodeUnit::getFullName).sorted().toList(), INSTEAD);
    }

    private static boolean isFloating(JavaClass type) {
        var base = type.getBaseComponentType();
        return Stream.of(double.class, float.class, Double.class, Float.class).anyMatch(base::isEquivalentTo);
    }

    @Test
    void no_instruction_works_on_floating_point_numbers() {
        House.assertNone(House.bytecode().stream().flatMap(type -> floatingIn(type).stream())
                .filter(use -> FORCED.keySet().stream().noneMatch(use::startsWith)).distinct().sorted().toList(),
                INSTEAD);
    }

    @Test
    void every_exception_is_still_needed() {
        var uses = House.bytecode().stream().flatMap(type -> floatingIn(type).stream()).toList();
        House.assertNone(FORCED.keySet().stream().filter(place -> uses.stream().noneMatch(use -> use.startsWith(place)))
                .toList(), "take it out of ExactMoneyTest.FORCED");
    }

    @Test
    void the_scan_finds_what_it_looks_for() throws IOException {
        byte[] bytes;
        try (var in = Objects.requireNonNull(Sample.class.getResourceAsStream("ExactMoneyTest$Sample.class"))) {
            bytes = in.readAllBytes();
        }
        var found = floatingIn(ClassFile.of().parse(bytes)).stream()
                .map(use -> use.substring(use.lastIndexOf(':') + 2)).distinct().sorted().toList();
        assertEquals(List.of("D2L", "DCONST_0 0.0", "DLOAD_2", "DMUL", "DSTORE_2", "L2D", "LDC2_W 1.5",
                "calls doubleValue()D", "calls sqrt(D)D", "new double[]", "reads double"), found);
    }

    /// What must be found.
    static final class Sample {

        private static Double stored = null;

        private Sample() {
        }

        static long rounded(long fen) {
            var half = fen * 1.5;
            return (long) half;
        }

        static Object hidden(Long fen) {
            return Math.sqrt(fen.doubleValue()) > 0 ? new double[1] : stored;
        }
    }

    /// Every floating-point use of a class as `class.method: instruction`.
    private static List<String> floatingIn(ClassModel type) {
        var found = new ArrayList<String>();
        for (var method : type.methods()) {
            var place = type.thisClass().asInternalName().replace('/', '.') + "." + method.methodName().stringValue();
            method.code().ifPresent(code -> {
                for (CodeElement element : code) {
                    var use = floating(element);
                    if (!use.isEmpty()) {
                        found.add(place + ": " + use);
                    }
                }
            });
        }
        return found;
    }

    private static String floating(CodeElement element) {
        return switch (element) {
            case ConstantInstruction constant when constant.constantValue() instanceof Double
                    || constant.constantValue() instanceof Float ->
                constant.opcode() + " " + constant.constantValue();
            case InvokeInstruction call when isFloating(call.typeSymbol()) ->
                "calls " + call.name().stringValue() + call.type().stringValue();
            case InvokeDynamicInstruction call when isFloating(call.typeSymbol()) ->
                "calls " + call.name().stringValue() + call.type().stringValue();
            case FieldInstruction field when isFloating(field.typeSymbol()) -> "reads " + Stream.of("double", "float")
                    .filter(field.typeSymbol().displayName().toLowerCase(java.util.Locale.ROOT)::startsWith)
                    .findFirst().orElse("");
            case NewPrimitiveArrayInstruction array when isFloating(array.typeKind().upperBound()) ->
                "new " + array.typeKind().upperBound().displayName() + "[]";
            case Instruction other when other.opcode().name().matches(
                    "[FD](LOAD|STORE|ALOAD|ASTORE|ADD|SUB|MUL|DIV|REM|NEG|RETURN)(_.*)?|[ILFD]2[FD]|[FD]2[IL]") ->
                other.opcode().name();
            default -> "";
        };
    }

    private static boolean isFloating(MethodTypeDesc type) {
        return isFloating(type.returnType()) || type.parameterList().stream().anyMatch(ExactMoneyTest::isFloating);
    }

    private static boolean isFloating(ClassDesc type) {
        var base = type;
        while (base.isArray()) {
            base = Objects.requireNonNull(base.componentType());
        }
        return FLOATING.contains(base);
    }
}
