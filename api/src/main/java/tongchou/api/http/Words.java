package tongchou.api.http;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The words of the interface for the constants of the core (取值用词): lower case with hyphens, `day-surgery`.
public final class Words {

    private static final Map<Enum<?>, String> KNOWN = new ConcurrentHashMap<>();

    private Words() {
    }

    /// The word of a constant.
    public static String of(Enum<?> constant) {
        var known = KNOWN.get(constant);
        return known != null ? known : KNOWN.computeIfAbsent(constant,
                one -> one.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    static String list(Class<?> type, String between) {
        return Stream.of(type.getEnumConstants()).map(constant -> of((Enum<?>) constant))
                .collect(Collectors.joining(between));
    }
}
