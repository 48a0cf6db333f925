package tongchou.api.http;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads a request into its record, strictly (报文读取): what is not exactly right is refused, everything at once.
///
/// The record is the whole description: its components are the fields, their types and [Field] say what fits.
public final class RequestReader {

    private static final Pattern DAY = Pattern.compile("(18[5-9]\\d|19\\d\\d|20\\d\\d|21\\d\\d)-\\d\\d-\\d\\d");
    /// Forms in which somebody could write anything, an identity number as well.
    private static final Set<Field.Form> FREE = EnumSet.of(Field.Form.TEXT, Field.Form.KEY, Field.Form.CODE);
    private static final Pattern IDENTITY = Pattern.compile("\\d{17}[\\dXx]|\\d{15}");

    /// What is known of a record once it has been looked at.
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private final List<Fault> faults = new ArrayList<>();
    /// Whether values come from a query and are all text.
    private final boolean textual;

    private RequestReader(boolean textual) {
        this.textual = textual;
    }

    /// A component of a record as a field of JSON.
    private record Part(RecordComponent component, String name, @Nullable Field field, Type generic) {
    }

    /// A record as an object of JSON.
    private record Shape(List<Part> parts, List<String> names, Constructor<?> constructor) {

        static Shape of(Class<?> type) {
            var components = type.getRecordComponents();
            var parts = Stream.of(components).map(component -> new Part(component, RequestReader.name(component),
                    component.getAnnotation(Field.class), component.getGenericType())).toList();
            try {
                return new Shape(parts, parts.stream().map(Part::name).toList(), type.getDeclaredConstructor(
                        Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new)));
            } catch (NoSuchMethodException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        Object make(@Nullable Object... values) {
            try {
                return constructor.newInstance(values);
            } catch (InvocationTargetException | InstantiationException | IllegalAccessException impossible) {
                throw new IllegalStateException(constructor.getDeclaringClass()
                        + " must be a public record without checks of its own", impossible);
            }
        }
    }

    /// Reads a JSON body.
    ///
    /// @throws Refused with everything that is wrong
    public static <R extends Record> R body(byte[] body, Class<R> type) {
        var reader = new RequestReader(false);
        var json = Json.parse(body, reader.faults);
        return reader.finish(json, type);
    }

    /// Reads the parameters of a query.
    ///
    /// @param query the values of every parameter; one given twice is refused
    /// @throws Refused with everything that is wrong
    public static <R extends Record> R query(Map<String, List<String>> query, Class<R> type) {
        var reader = new RequestReader(true);
        var fields = new LinkedHashMap<String, Json>();
        query.forEach((name, values) -> {
            if (values.size() > 1) {
                reader.faults.add(Fault.of(ProblemCode.DUPLICATE_FIELD, name, values.get(1), "每个参数只出现一次",
                        "every parameter at most once"));
            }
            fields.put(name, new Json.Text(values.isEmpty() ? "" : values.getFirst()));
        });
        return reader.finish(new Json.Members(fields), type);
    }

    /// Checks a code or token that stands in a path.
    ///
    /// @throws Refused when it cannot be one
    public static String code(String name, String text) {
        return code(name, text, Field.Form.CODE);
    }

    /// Checks a text of a form that stands in a path.
    ///
    /// @throws Refused when it has another
    public static String code(String name, String text, Field.Form form) {
        var reader = new RequestReader(true);
        var code = reader.text(text, name, form);
        reader.giveUpOnFaults();
        return code == null ? "" : code;
    }

    private <R extends Record> R finish(Json json, Class<R> type) {
        var read = record(json, "", type);
        giveUpOnFaults();
        return type.cast(read);
    }

    private void giveUpOnFaults() {
        if (!faults.isEmpty()) {
            throw new Refused(faults);
        }
    }

    private @Nullable Object record(Json json, String path, Class<?> type) {
        if (!(json instanceof Json.Members(var fields))) {
            return wrongType(json, path, "JSON 对象", "a JSON object");
        }
        var shape = SHAPES.get(type);
        var known = shape.names();
        fields.forEach((name, value) -> {
            if (!known.contains(name)) {
                faults.add(Fault.of(ProblemCode.UNKNOWN_FIELD, inner(path, name), value.shown(),
                        "以下字段之一：" + String.join("、", known), "one of " + String.join(", ", known)));
            }
        });
        var before = faults.size();
        var values = new Object[shape.parts().size()];
        for (var i = 0; i < values.length; i++) {
            values[i] = component(fields, path, shape.parts().get(i));
        }
        return faults.size() > before ? null : shape.make(values);
    }

    private @Nullable Object component(Map<String, Json> fields, String path, Part part) {
        var component = part.component();
        var inner = inner(path, part.name());
        var field = part.field();
        var json = fields.get(part.name());
        if (field != null && field.omissible() && (json == null || json instanceof Json.Nothing)) {
            return absent(component.getType());
        }
        if (json == null) {
            faults.add(Fault.of(ProblemCode.MISSING_FIELD, inner, "", expected(component, true),
                    expected(component, false)));
            return null;
        }
        return value(json, inner, part.generic(), component.getType(), field);
    }

    /// What stands for a field that was left out: no elements for a list, null for everything else.
    private static @Nullable Object absent(Class<?> type) {
        return type == List.class ? List.of() : type == boolean.class ? (Object) false : null;
    }

    private @Nullable Object value(Json json, String path, Type generic, Class<?> type, @Nullable Field field) {
        if (json instanceof Json.Nothing) {
            faults.add(Fault.of(ProblemCode.NULL_NOT_ALLOWED, path, "null", "一个值", "a value"));
            return null;
        }
        if (type == List.class) {
            return list(json, path, (ParameterizedType) generic, field);
        }
        if (type.isRecord()) {
            return record(json, path, type);
        }
        if (type == long.class || type == Long.class || type == int.class || type == Integer.class) {
            var number = number(json, path, field);
            return number == null ? null : type == long.class || type == Long.class ? (Object) number
                    : (Object) Math.toIntExact(number);
        }
        if (type == boolean.class) {
            return json instanceof Json.Truth(var truth) ? truth
                    : wrongType(json, path, "true 或 false", "true or false");
        }
        if (!(json instanceof Json.Text(var text))) {
            return wrongType(json, path, "字符串", "a string");
        }
        if (type == LocalDate.class) {
            return day(text, path);
        }
        if (type.isEnum()) {
            return word(text, path, type);
        }
        return text(text, path, field == null ? Field.Form.TEXT : field.form());
    }

    private @Nullable Object list(Json json, String path, ParameterizedType generic, @Nullable Field field) {
        if (!(json instanceof Json.Items(var items))) {
            return wrongType(json, path, "JSON 数组", "a JSON array");
        }
        var least = field == null ? 0 : field.least();
        var most = Math.min(field == null ? 1000 : field.most(), 1000);
        if (items.size() < least || items.size() > most) {
            faults.add(Fault.of(ProblemCode.OUT_OF_RANGE, path, Integer.toString(items.size()),
                    least + " 至 " + most + " 项", least + " to " + most + " items"));
            return null;
        }
        var element = (Class<?>) generic.getActualTypeArguments()[0];
        var values = new ArrayList<@Nullable Object>();
        for (var i = 0; i < items.size(); i++) {
            values.add(value(items.get(i), path + "[" + i + "]", element, element, field));
        }
        return values.contains(null) ? null : List.copyOf(values);
    }

    private @Nullable Long number(Json json, String path, @Nullable Field field) {
        var fen = path.endsWith("_fen");
        var bp = path.endsWith("_bp");
        var least = field == null ? 0 : field.least();
        var most = bp && (field == null || field.most() > 10_000) ? 10_000
                : field == null ? 10_000_000_000L : field.most();
        String digits;
        if (json instanceof Json.Number(var text, var whole) && whole && !textual) {
            digits = text;
        } else if (textual && json instanceof Json.Text(var text) && text.matches("-?[0-9]{1,19}")) {
            digits = text;
        } else if (fen) {
            faults.add(Fault.of(ProblemCode.NOT_WHOLE_FEN, path, json.shown(),
                    "整数分，不带小数、指数和引号，例如 12.34 元写作 1234",
                    "whole fen without fraction, exponent or quotes: 12.34 yuan is 1234"));
            return null;
        } else {
            wrongType(json, path, "不带小数、指数和引号的整数", "a whole number without fraction, exponent or quotes");
            return null;
        }
        var number = new java.math.BigInteger(digits);
        if (number.compareTo(java.math.BigInteger.valueOf(least)) < 0
                || number.compareTo(java.math.BigInteger.valueOf(most)) > 0) {
            faults.add(Fault.of(ProblemCode.OUT_OF_RANGE, path, digits, least + " 至 " + most, least + " to " + most));
            return null;
        }
        return number.longValueExact();
    }

    private @Nullable LocalDate day(String text, String path) {
        if (DAY.matcher(text).matches()) {
            try {
                return LocalDate.parse(text, DateTimeFormatter.ISO_LOCAL_DATE);
            } catch (DateTimeParseException notADay) {
                // Reported below with everything else that is not a day.
            }
        }
        faults.add(Fault.of(ProblemCode.NOT_A_DATE, path, text, "1850 至 2199 年间真实存在的日期，例如 2026-03-01",
                "a day of the calendar between 1850 and 2199, for example 2026-03-01"));
        return null;
    }

    private @Nullable Object word(String text, String path, Class<?> type) {
        for (var constant : type.getEnumConstants()) {
            if (Words.of((Enum<?>) constant).equals(text)) {
                return constant;
            }
        }
        faults.add(Fault.of(ProblemCode.UNKNOWN_WORD, path, text, "以下之一：" + Words.list(type, "、"),
                "one of " + Words.list(type, ", ")));
        return null;
    }

    private @Nullable String text(String text, String path, Field.Form form) {
        if (form != Field.Form.TEXT && form != Field.Form.KEY && form != Field.Form.IDENTITY
                && IDENTITY.matcher(text).matches() || FREE.contains(form) && IdentityNumber.isIn(text)) {
            faults.add(Fault.of(ProblemCode.IDENTITY_NUMBER, path, "******",
                    form == Field.Form.KEY
                            ? "不含身份证号的代号；区划、日期与流水号请用 - 隔开，例如 330102-20260302-0001" : "不透明的代号，不得是身份证号",
                    form == Field.Form.KEY ? "a code without an identity number; division, date and serial number "
                            + "apart, such as 330102-20260302-0001" : "an opaque token, never an identity number"));
            return null;
        }
        var visible = text.codePoints().noneMatch(point -> Character.isISOControl(point)
                || Character.getType(point) == Character.SURROGATE || Character.getType(point) == Character.FORMAT
                || Character.getType(point) == Character.UNASSIGNED);
        if (!visible || text.isBlank() || !form.fits(text)) {
            faults.add(Fault.of(ProblemCode.TEXT_NOT_ALLOWED, path, visible ? text : "", form.expected(true),
                    form.expected(false)));
            return null;
        }
        return text;
    }

    private @Nullable Object wrongType(Json json, String path, String expected, String expectedEn) {
        faults.add(Fault.of(ProblemCode.WRONG_TYPE, path, json.shown(), expected, expectedEn));
        return null;
    }

    /// The name of a field in JSON.
    public static String name(RecordComponent component) {
        var field = component.getAnnotation(Field.class);
        if (field != null && !field.name().isEmpty()) {
            return field.name();
        }
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static String inner(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String expected(RecordComponent component, boolean chinese) {
        var type = component.getType();
        var field = component.getAnnotation(Field.class);
        if (type == LocalDate.class) {
            return chinese ? "日期，例如 2026-03-01" : "a date such as 2026-03-01";
        }
        if (type.isEnum()) {
            return chinese ? "以下之一：" + Words.list(type, "、") : "one of " + Words.list(type, ", ");
        }
        if (type == List.class) {
            return chinese ? "JSON 数组" : "a JSON array";
        }
        if (type.isRecord()) {
            var names = Stream.of(type.getRecordComponents()).map(RequestReader::name)
                    .collect(Collectors.joining(chinese ? "、" : ", "));
            return chinese ? "JSON 对象，字段：" + names : "a JSON object with " + names;
        }
        if (type == String.class) {
            return (field == null ? Field.Form.TEXT : field.form()).expected(chinese);
        }
        return component.getName().endsWith("Fen") ? chinese ? "整数分" : "whole fen"
                : chinese ? "整数" : "a whole number";
    }
}
