package tongchou.server.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.LineNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// How long files and methods may grow (长度). What was longer when the rule came may shrink, never grow.
class SizesTest {

    private static final int LONGEST_FILE = 400;
    private static final int LONGEST_METHOD = 60;

    /// Longer files, with the lines they may have; take an entry out when the file fits.
    private static final Map<String, Integer> LONG_FILES = Map.of(
            "server/src/main/java/tongchou/server/intake/Intake.java", 510,
            "server/src/test/java/tongchou/server/http/BadInputTest.java", 443,
            "storage/src/test/java/tongchou/storage/BookContract.java", 497);

    /// Longer methods, with the lines they may have; take an entry out when the method fits.
    private static final Map<String, Integer> LONG_METHODS = Map.of();

    @Test
    void a_file_fits_four_hundred_lines() {
        Map<String, Integer> sizes = new TreeMap<>();
        for (var file : House.files(House.ROOT)) {
            if (file.toString().endsWith(".java")) {
                sizes.put(House.name(file), (int) House.text(file).lines().count());
            }
        }
        House.assertNone(tooLong(sizes, LONG_FILES, LONGEST_FILE),
                "give the second concept a file of its own; it usually has a name already");
    }

    @Test
    void a_method_fits_sixty_lines() {
        Map<String, Integer> sizes = new TreeMap<>();
        House.bytecode().forEach(type -> sizes.putAll(methods(type)));
        House.assertNone(tooLong(sizes, LONG_METHODS, LONGEST_METHOD),
                "let the method keep the decisions and give each branch's work to a method named for what it does");
    }

    @Test
    void what_is_longer_may_shrink_but_not_grow() {
        var allowed = Map.of("grew", 500, "shrank", 500, "fits", 500, "gone", 500);
        var sizes = new TreeMap<>(Map.of("new", 401, "grew", 501, "shrank", 450, "fits", 400, "short", 3));
        assertEquals(List.of("fits: 400 lines, fits: take its entry out", "gone: not there: take its entry out",
                "grew: 501 lines, at most 500", "new: 401 lines, at most 400"), tooLong(sizes, allowed, 400));
    }

    private static List<String> tooLong(Map<String, Integer> sizes, Map<String, Integer> allowed, int most) {
        var found = new ArrayList<String>();
        sizes.forEach((name, size) -> {
            var mayHave = allowed.getOrDefault(name, most);
            if (size > mayHave) {
                found.add(name + ": " + size + " lines, at most " + mayHave);
            } else if (allowed.containsKey(name) && size <= most) {
                found.add(name + ": " + size + " lines, fits: take its entry out");
            }
        });
        allowed.keySet().stream().filter(name -> !sizes.containsKey(name))
                .forEach(name -> found.add(name + ": not there: take its entry out"));
        return found.stream().sorted().toList();
    }

    /// The lines of each method that was written, by its class and name, without its signature; of methods that share
    /// a name the longest counts.
    private static Map<String, Integer> methods(ClassModel type) {
        Map<String, Integer> sizes = new TreeMap<>();
        for (var method : type.methods()) {
            var name = method.methodName().stringValue();
            if (!name.equals("<clinit>")) {
                sizes.merge(type.thisClass().asInternalName().replace('/', '.') + "." + name, lines(method), Math::max);
            }
        }
        return sizes;
    }

    /// A constructor's code also holds the lines of the fields it sets up; they stand before it and do not count.
    private static int lines(MethodModel method) {
        var numbers = method.code().stream().flatMap(code -> code.elementStream())
                .filter(LineNumber.class::isInstance).map(LineNumber.class::cast).mapToInt(LineNumber::line).toArray();
        var first = numbers.length == 0 ? 0 : numbers[0];
        var last = first;
        for (var number : numbers) {
            last = Math.max(last, number);
        }
        return last - first + 1;
    }
}
