package tongchou.api.http;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The words of the interface for the constants of the core (取值用词): lower case with hyphens, `day-surgery`.
public final class Words {

    private Words() {
    }

    /// The word of a constant.
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String list(Class<?> type, String between) {
        return Stream.of(type.getEnumConstants()).map(constant -> of((Enum<?>) constant))
                .collect(Collectors.joining(between));
    }
}
