package tongchou.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategy;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Writes records as JSON in UTF-8 (报文输出), with the names and words by which [RequestReader] reads them.
public final class ReplyWriter {

    private static final JsonMapper PLAIN = mapper(false);
    private static final JsonMapper SORTED = mapper(true);
    private static final JsonMapper MAPPER = PLAIN.rebuild().addModule(new SimpleModule("repeated")
            .addSerializer(CitationReply.class, new Repeated<>(CitationReply.class))).build();

    private ReplyWriter() {
    }

    /// The record as it is answered: fields in the order of the record, what is null left out.
    public static byte[] bytes(Record reply) {
        return write(MAPPER, reply);
    }

    /// The record in its canonical form, by which two requests are found to be the same: fields sorted by name.
    public static byte[] canonical(Record request) {
        return write(SORTED, request);
    }

    /// The record for a person at a terminal: indented.
    public static String indented(Record reply) {
        try {
            return PLAIN.writerWithDefaultPrettyPrinter().writeValueAsString(reply);
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException(defect);
        }
    }

    /// Records of this package can be read by the mapper; others only where modules are not kept apart, as in tests.
    private static byte[] write(JsonMapper mapper, Record record) {
        if (record.getClass().getPackage() != ReplyWriter.class.getPackage()) {
            throw new IllegalArgumentException(record.getClass() + " is not of " + ReplyWriter.class.getPackageName());
        }
        try {
            return mapper.writeValueAsBytes(record);
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException(defect);
        }
    }

    private static JsonMapper mapper(boolean sorted) {
        var module = new SimpleModule();
        module.addSerializer(LocalDate.class, new AsText<>(LocalDate.class, LocalDate::toString));
        module.addSerializer(Enum.class, new AsText<>(Enum.class, Words::of));
        // Its buffers are shared for the same reason as those of [Json].
        var shared = JsonFactory.builder().recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool()).build();
        return JsonMapper.builder(shared).addModule(module).propertyNamingStrategy(new ComponentNames())
                .defaultPropertyInclusion(JsonInclude.Value.construct(
                        JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                .configure(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY, sorted)
                .configure(SerializationFeature.FAIL_ON_EMPTY_BEANS, false).build();
    }

    /// Writes a value as its text.
    private static final class AsText<T> extends StdSerializer<T> {

        private static final long serialVersionUID = 1L;

        private final transient java.util.function.Function<T, String> text;

        AsText(Class<T> type, java.util.function.Function<T, String> text) {
            super(type);
            this.text = text;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(text.apply(value));
        }
    }

    /// Writes what every reply repeats, such as the clauses of a pack, from the bytes of the first time.
    private static final class Repeated<T extends Record> extends StdSerializer<T> {

        private static final long serialVersionUID = 1L;
        private static final int MOST_REMEMBERED = 10_000;

        private final transient Map<T, SerializedString> written = new ConcurrentHashMap<>();

        Repeated(Class<T> type) {
            super(type);
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            var known = written.get(value);
            if (known == null) {
                known = new SerializedString(PLAIN.writeValueAsString(value));
                if (written.size() < MOST_REMEMBERED) {
                    written.put(value, known);
                }
            }
            out.writeRawValue(known);
        }
    }

    /// The name of a record component in JSON, the same for reading and writing.
    private static final class ComponentNames extends PropertyNamingStrategy {

        private static final long serialVersionUID = 1L;

        @Override
        public String nameForField(MapperConfig<?> config, AnnotatedField field, String name) {
            return of(field.getDeclaringClass(), name);
        }

        @Override
        public String nameForGetterMethod(MapperConfig<?> config, AnnotatedMethod method, String name) {
            return of(method.getDeclaringClass(), name);
        }

        @Override
        public String nameForConstructorParameter(MapperConfig<?> config, AnnotatedParameter parameter, String name) {
            return of(parameter.getDeclaringClass(), name);
        }

        private static String of(Class<?> type, String name) {
            return !type.isRecord() ? name : Stream.of(type.getRecordComponents())
                    .filter(component -> component.getName().equals(name)).findFirst()
                    .map(RequestReader::name).orElse(name);
        }
    }
}
