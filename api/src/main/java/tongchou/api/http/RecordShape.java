package tongchou.api.http;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A record as an object of JSON (报文结构), looked at once: its fields, and what each must be.
///
/// @param names of the fields, in the order of the record
record RecordShape(List<Part> parts, List<String> names, Set<String> known, Constructor<?> constructor) {

    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return looked(type);
        }
    };

    /// The shape of a record.
    static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    private static RecordShape looked(Class<?> type) {
        var components = type.getRecordComponents();
        var parts = Stream.of(components).map(Part::of).toList();
        var names = parts.stream().map(Part::name).toList();
        try {
            return new RecordShape(parts, names, Set.copyOf(names), type.getDeclaredConstructor(
                    Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new)));
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The record of these values.
    Object make(@Nullable Object... values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException | InstantiationException | IllegalAccessException impossible) {
            throw new IllegalStateException(constructor.getDeclaringClass()
                    + " must be a public record without checks of its own", impossible);
        }
    }

    /// A component of a record as a field of JSON.
    record Part(RecordComponent component, String name, @Nullable Field field, Sort sort,
            @Nullable Sort element) {

        static Part of(RecordComponent component) {
            var element = component.getGenericType() instanceof ParameterizedType list
                    ? Sort.of((Class<?>) list.getActualTypeArguments()[0], "") : null;
            var name = RequestReader.name(component);
            return new Part(component, name, component.getAnnotation(Field.class),
                    Sort.of(component.getType(), name), element);
        }
    }

    /// What a value must be.
    ///
    /// @param ending `_fen` or `_bp` where the field's name ends so, else empty
    record Sort(Kind kind, Class<?> type, String ending) {

        static Sort of(Class<?> type, String name) {
            return new Sort(Kind.of(type), type, name.endsWith("_fen") ? "_fen" : name.endsWith("_bp") ? "_bp" : "");
        }
    }

    /// The kinds of values.
    enum Kind {
        LIST, RECORD, LONG, INTEGER, TRUTH, DAY, WORD, TEXT;

        static Kind of(Class<?> type) {
            return type == List.class ? LIST : type.isRecord() ? RECORD
                    : type == long.class || type == Long.class ? LONG
                    : type == int.class || type == Integer.class ? INTEGER
                    : type == boolean.class ? TRUTH : type == LocalDate.class ? DAY : type.isEnum() ? WORD : TEXT;
        }
    }
}
