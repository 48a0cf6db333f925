package tongchou.server.cli;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;

/// What commands say, in Chinese or in English (命令行文字).
final class Texts {

    private final boolean chinese;

    Texts(boolean chinese) {
        this.chinese = chinese;
    }

    /// The language of the arguments: `--lang zh|en` anywhere, else that of the system.
    static Texts of(String[] arguments, Locale locale) {
        for (var i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith("--lang=")) {
                return new Texts(arguments[i].equals("--lang=zh"));
            }
            if (arguments[i].equals("--lang") && i + 1 < arguments.length) {
                return new Texts(arguments[i + 1].equals("zh"));
            }
        }
        return new Texts(locale.getLanguage().equals("zh"));
    }

    boolean chinese() {
        return chinese;
    }

    String say(String zh, String en, Object... words) {
        return (chinese ? zh : en).formatted(words);
    }

    /// The help texts.
    ResourceBundle help() {
        var name = chinese ? "help_zh.properties" : "help_en.properties";
        try (var in = new InputStreamReader(Objects.requireNonNull(Texts.class.getResourceAsStream(name)),
                StandardCharsets.UTF_8)) {
            return new PropertyResourceBundle(in);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
