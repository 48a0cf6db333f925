package tongchou.api.http;

import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.RecordShape.Kind;
import tongchou.api.http.RecordShape.Part;
import tongchou.api.http.RecordShape.Sort;
import tongchou.core.calendar.WrittenDay;

/// Reads a request into its record, strictly (报文读取): what is not exactly right is refused, everything at once.
///
/// The record is the whole description: its components are the fields, their types and [Field] say what fits.
public final class RequestReader {

    private static final int FIRST_YEAR = 1850;
    private static final int LAST_YEAR = 2199;
    /// The most digits of which every number fits a `long`.
    private static final int SAFE_DIGITS = 18;
    /// Forms in which somebody could write anything, an identity number as well.
    private static final Set<Field.Form> FREE = EnumSet.of(Field.Form.TEXT, Field.Form.KEY, Field.Form.CODE);
    private static final Pattern IDENTITY = Pattern.compile("\\d{17}[\\dXx]|\\d{15}");

    /// The constants of an enum by their words.
    private static final ClassValue<Map<String, Object>> CONSTANTS = new ClassValue<>() {
        @Override
        protected Map<String, Object> computeValue(Class<?> type) {
            return Stream.of(type.getEnumConstants())
                    .collect(Collectors.toMap(constant -> Words.of((Enum<?>) constant), constant -> constant));
        }
    };

    private final List<Fault> faults = new ArrayList<>();
    /// Where the reader is: names of fields and places in lists, from the outside in.
    private final List<Object> trail = new ArrayList<>();
    /// Whether values come from a query and are all text.
    private final boolean textual;

    private RequestReader(boolean textual) {
        this.textual = textual;
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
        reader.trail.add(name);
        var code = reader.text(text, form);
        reader.giveUpOnFaults();
        return code == null ? "" : code;
    }

    private <R extends Record> R finish(Json json, Class<R> type) {
        var read = record(json, type);
        giveUpOnFaults();
        return type.cast(read);
    }

    private void giveUpOnFaults() {
        if (!faults.isEmpty()) {
            throw new Refused(faults);
        }
    }

    /// Where the reader is, as faults say it: `lines[0].amount_fen`.
    private String path() {
        var path = new StringBuilder();
        for (var step : trail) {
            if (step instanceof Integer index) {
                path.append('[').append(index).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step);
            }
        }
        return path.toString();
    }

    private void fault(ProblemCode code, String read, String expected, String expectedEn) {
        faults.add(Fault.of(code, path(), read, expected, expectedEn));
    }

    private @Nullable Object record(Json json, Class<?> type) {
        if (!(json instanceof Json.Members(var fields))) {
            return wrongType(json, "JSON 对象", "a JSON object");
        }
        var shape = RecordShape.of(type);
        var names = shape.names();
        for (var name : fields.keySet()) {
            if (!shape.known().contains(name)) {
                trail.add(name);
                fault(ProblemCode.UNKNOWN_FIELD, fields.get(name).shown(), "以下字段之一：" + String.join("、", names),
                        "one of " + String.join(", ", names));
                trail.removeLast();
            }
        }
        var before = faults.size();
        var values = new Object[names.size()];
        for (var i = 0; i < values.length; i++) {
            trail.add(names.get(i));
            values[i] = component(fields.get(names.get(i)), shape.parts().get(i));
            trail.removeLast();
        }
        return faults.size() > before ? null : shape.make(values);
    }

    private @Nullable Object component(@Nullable Json json, Part part) {
        var field = part.field();
        if (field != null && field.omissible() && (json == null || json instanceof Json.Nothing)) {
            return absent(part.sort().kind());
        }
        if (json == null) {
            fault(ProblemCode.MISSING_FIELD, "", expected(part.component(), true), expected(part.component(), false));
            return null;
        }
        return value(json, part.sort(), part.element(), field);
    }

    /// What stands for a field that was left out: no elements for a list, null for everything else.
    private static @Nullable Object absent(Kind kind) {
        return kind == Kind.LIST ? List.of() : kind == Kind.TRUTH ? (Object) false : null;
    }

    private @Nullable Object value(Json json, Sort sort, @Nullable Sort element, @Nullable Field field) {
        if (json instanceof Json.Nothing) {
            fault(ProblemCode.NULL_NOT_ALLOWED, "null", "一个值", "a value");
            return null;
        }
        return switch (sort.kind()) {
            case LIST -> list(json, Objects.requireNonNull(element), field);
            case RECORD -> record(json, sort.type());
            case LONG -> number(json, sort.ending(), field);
            case INTEGER -> {
                var number = number(json, sort.ending(), field);
                yield number == null ? null : (Object) Math.toIntExact(number);
            }
            case TRUTH -> json instanceof Json.Truth(var truth) ? (Object) truth
                    : wrongType(json, "true 或 false", "true or false");
            case DAY, WORD, TEXT -> json instanceof Json.Text(var text) ? said(text, sort, field)
                    : wrongType(json, "字符串：" + written(sort.type(), field, true),
                            "a string: " + written(sort.type(), field, false));
        };
    }

    private @Nullable Object said(String text, Sort sort, @Nullable Field field) {
        return switch (sort.kind()) {
            case DAY -> day(text);
            case WORD -> word(text, sort.type());
            default -> text(text, field == null ? Field.Form.TEXT : field.form());
        };
    }

    private @Nullable Object list(Json json, Sort element, @Nullable Field field) {
        if (!(json instanceof Json.Items(var items))) {
            return wrongType(json, "JSON 数组", "a JSON array");
        }
        var least = field == null ? 0 : field.least();
        var most = Math.min(field == null ? 1000 : field.most(), 1000);
        if (items.size() < least || items.size() > most) {
            fault(ProblemCode.OUT_OF_RANGE, Integer.toString(items.size()), least + " 至 " + most + " 项",
                    least + " to " + most + " items");
            return null;
        }
        var values = new ArrayList<@Nullable Object>(items.size());
        for (var i = 0; i < items.size(); i++) {
            trail.add(i);
            values.add(value(items.get(i), element, null, field));
            trail.removeLast();
        }
        return values.contains(null) ? null : List.copyOf(values);
    }

    private @Nullable Long number(Json json, String ending, @Nullable Field field) {
        var least = field == null ? 0 : field.least();
        var most = ending.equals("_bp") && (field == null || field.most() > 10_000) ? 10_000
                : field == null ? 10_000_000_000L : field.most();
        String digits;
        if (json instanceof Json.Number(var text, var whole) && whole && !textual) {
            digits = text;
        } else if (textual && json instanceof Json.Text(var text) && text.matches("-?[0-9]{1,19}")) {
            digits = text;
        } else if (ending.equals("_fen")) {
            fault(ProblemCode.NOT_WHOLE_FEN, json.shown(), "整数分，不带小数、指数和引号，例如 12.34 元写作 1234",
                    "whole fen without fraction, exponent or quotes: 12.34 yuan is 1234");
            return null;
        } else {
            wrongType(json, "不带小数、指数和引号的整数", "a whole number without fraction, exponent or quotes");
            return null;
        }
        var number = digits.length() <= SAFE_DIGITS ? Long.valueOf(digits) : large(digits, least, most);
        if (number == null || number < least || number > most) {
            fault(ProblemCode.OUT_OF_RANGE, digits, least + " 至 " + most, least + " to " + most);
            return null;
        }
        return number;
    }

    /// A number of more digits than a `long` is sure to hold; null when it is out of range.
    private static @Nullable Long large(String digits, long least, long most) {
        var number = new BigInteger(digits);
        return number.compareTo(BigInteger.valueOf(least)) < 0 || number.compareTo(BigInteger.valueOf(most)) > 0
                ? null : (Long) number.longValueExact();
    }

    private @Nullable LocalDate day(String text) {
        var day = WrittenDay.read(text).filter(one -> one.getYear() >= FIRST_YEAR && one.getYear() <= LAST_YEAR);
        if (day.isPresent()) {
            return day.get();
        }
        fault(ProblemCode.NOT_A_DATE, text, "1850 至 2199 年间真实存在的日期，例如 2026-03-01",
                "a day of the calendar between 1850 and 2199, for example 2026-03-01");
        return null;
    }

    private @Nullable Object word(String text, Class<?> type) {
        var constant = CONSTANTS.get(type).get(text);
        if (constant == null) {
            fault(ProblemCode.UNKNOWN_WORD, text, "以下之一：" + Words.list(type, "、"), "one of " + Words.list(type, ", "));
        }
        return constant;
    }

    private @Nullable String text(String text, Field.Form form) {
        if (form != Field.Form.TEXT && form != Field.Form.KEY && form != Field.Form.IDENTITY
                && isLikeIdentity(text) || FREE.contains(form) && IdentityNumber.isIn(text)) {
            fault(ProblemCode.IDENTITY_NUMBER, "******",
                    form == Field.Form.KEY
                            ? "不含身份证号的代号；区划、日期与流水号请用 - 隔开，例如 330102-20260302-0001" : "不透明的代号，不得是身份证号",
                    form == Field.Form.KEY ? "a code without an identity number; division, date and serial number "
                            + "apart, such as 330102-20260302-0001" : "an opaque token, never an identity number");
            return null;
        }
        var visible = isVisible(text);
        if (!visible || text.isBlank() || !form.fits(text)) {
            fault(ProblemCode.TEXT_NOT_ALLOWED, visible ? text : "", form.expected(true), form.expected(false));
            return null;
        }
        return text;
    }

    private static boolean isLikeIdentity(String text) {
        return (text.length() == 15 || text.length() == 18) && IDENTITY.matcher(text).matches();
    }

    private static boolean isVisible(String text) {
        int point;
        for (var i = 0; i < text.length(); i += Character.charCount(point)) {
            point = text.codePointAt(i);
            if (Character.isISOControl(point) || point > 0x7f && (Character.getType(point) == Character.SURROGATE
                    || Character.getType(point) == Character.FORMAT
                    || Character.getType(point) == Character.UNASSIGNED)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Object wrongType(Json json, String expected, String expectedEn) {
        fault(ProblemCode.WRONG_TYPE, json.shown(), expected, expectedEn);
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

    private static String expected(RecordComponent component, boolean chinese) {
        var type = component.getType();
        if (type == List.class) {
            return chinese ? "JSON 数组" : "a JSON array";
        }
        if (type.isRecord()) {
            var names = Stream.of(type.getRecordComponents()).map(RequestReader::name)
                    .collect(Collectors.joining(chinese ? "、" : ", "));
            return chinese ? "JSON 对象，字段：" + names : "a JSON object with " + names;
        }
        if (type == String.class || type == LocalDate.class || type.isEnum()) {
            return written(type, component.getAnnotation(Field.class), chinese);
        }
        return component.getName().endsWith("Fen") ? chinese ? "整数分" : "whole fen"
                : chinese ? "整数" : "a whole number";
    }

    /// What a string for a day, a word or a text holds.
    private static String written(Class<?> type, @Nullable Field field, boolean chinese) {
        if (type == LocalDate.class) {
            return chinese ? "日期，例如 2026-03-01" : "a date such as 2026-03-01";
        }
        if (type.isEnum()) {
            return chinese ? "以下之一：" + Words.list(type, "、") : "one of " + Words.list(type, ", ");
        }
        return (field == null ? Field.Form.TEXT : field.form()).expected(chinese);
    }
}
