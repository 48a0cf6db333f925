package tongchou.api.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A JSON value as it was written (JSON 值): numbers keep their text, so nothing is rounded before it is checked.
public sealed interface Json {

    /// An object; of a field given twice the first counts.
    record Members(Map<String, Json> fields) implements Json {
    }

    /// An array.
    record Items(List<Json> items) implements Json {
    }

    /// A string.
    record Text(String text) implements Json {
    }

    /// A number as it was written.
    ///
    /// @param whole whether it was written without fraction and exponent
    record Number(String text, boolean whole) implements Json {
    }

    /// True or false.
    record Truth(boolean value) implements Json {
    }

    /// Null.
    record Nothing() implements Json {
    }

    /// How deep values may lie in each other.
    int DEEPEST = 16;

    /// The value in a few characters, for messages.
    default String shown() {
        return switch (this) {
            case Members _ -> "{…}";
            case Items _ -> "[…]";
            case Text(var text) -> "\"" + text + "\"";
            case Number(var text, _) -> text;
            case Truth(var value) -> Boolean.toString(value);
            case Nothing() -> "null";
        };
    }

    /// Parses a body that must be exactly one JSON value in UTF-8.
    ///
    /// @param faults where fields given twice are noted
    /// @throws Refused when it is not
    static Json parse(byte[] body, List<Fault> faults) {
        String text;
        try {
            text = isAscii(body) ? new String(body, StandardCharsets.US_ASCII) : StandardCharsets.UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException bad) {
            throw new Refused(Fault.of(ProblemCode.BAD_ENCODING, "", "", "UTF-8 编码的 JSON；GBK 文件请另存为 UTF-8",
                    "JSON in UTF-8; save GBK files as UTF-8"));
        }
        if (text.startsWith("\ufeff")) {
            throw new Refused(Fault.of(ProblemCode.MALFORMED_JSON, "", "BOM", "不带字节序标记的 JSON：另存为“UTF-8（无 BOM）”",
                    "JSON without a byte-order mark: save it as UTF-8 without BOM"));
        }
        try (var parser = Parsing.FACTORY.createParser(text)) {
            try {
                if (parser.nextToken() == null) {
                    throw malformed("", 1, 1);
                }
                var value = Parsing.value(parser, faults);
                if (parser.nextToken() != null) {
                    throw malformed(parser.getText(), line(parser), column(parser));
                }
                return value;
            } catch (JsonProcessingException bad) {
                var at = bad.getLocation() == null ? parser.currentLocation() : bad.getLocation();
                throw malformed("", at.getLineNr(), at.getColumnNr());
            }
        } catch (IOException impossible) {
            throw new IllegalStateException("a string cannot fail to be read", impossible);
        }
    }

    private static boolean isAscii(byte[] body) {
        for (var one : body) {
            if (one < 0) {
                return false;
            }
        }
        return true;
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    private static int column(JsonParser parser) {
        return parser.currentTokenLocation().getColumnNr();
    }

    private static Refused malformed(String read, int line, int column) {
        return new Refused(Fault.of(ProblemCode.MALFORMED_JSON, "", read,
                "一个合法的 JSON 对象，嵌套不超过 " + DEEPEST + " 层，没有过长的名称、文本和数字；问题在第 " + line + " 行第 "
                + column + " 列",
                "one JSON object, at most " + DEEPEST + " levels deep, without endless names, texts or numbers; "
                + "trouble at line " + line + ", column " + column));
    }

    /// The parser behind [#parse].
    final class Parsing {

        /// Its buffers are shared: kept for every thread, as Jackson does by itself, they would stay with every
        /// connection, each of which has a thread of its own: 32 kB, three quarters of what an open connection takes.
        private static final JsonFactory FACTORY = JsonFactory.builder()
                .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxNumberLength(64)
                        .maxNameLength(200).maxStringLength(10_000).build())
                .build();

        private Parsing() {
        }

        static Json value(JsonParser parser, List<Fault> faults) throws IOException {
            return switch (parser.currentToken()) {
                case START_OBJECT -> members(parser, faults);
                case START_ARRAY -> items(parser, faults);
                case VALUE_STRING -> new Text(parser.getText());
                case VALUE_NUMBER_INT -> new Number(parser.getText(), true);
                case VALUE_NUMBER_FLOAT -> new Number(parser.getText(), false);
                case VALUE_TRUE -> new Truth(true);
                case VALUE_FALSE -> new Truth(false);
                case VALUE_NULL -> new Nothing();
                default -> throw malformed(parser.getText(), line(parser), column(parser));
            };
        }

        private static Json members(JsonParser parser, List<Fault> faults) throws IOException {
            var fields = new LinkedHashMap<String, Json>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var name = parser.currentName();
                parser.nextToken();
                var value = value(parser, faults);
                if (fields.putIfAbsent(name, value) != null) {
                    faults.add(Fault.of(ProblemCode.DUPLICATE_FIELD, path(parser.getParsingContext()),
                            value.shown(), "每个字段只出现一次",
                            "every field at most once"));
                }
            }
            return new Members(fields);
        }

        private static Json items(JsonParser parser, List<Fault> faults) throws IOException {
            var items = new ArrayList<Json>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(parser, faults));
            }
            return new Items(items);
        }

        /// Where the parser is, as faults say it: `lines[0].amount_fen`.
        private static String path(JsonStreamContext at) {
            if (at.inRoot()) {
                return "";
            }
            var around = path(at.getParent());
            return at.inArray() ? around + "[" + at.getCurrentIndex() + "]"
                    : around.isEmpty() ? at.getCurrentName() : around + "." + at.getCurrentName();
        }
    }
}
